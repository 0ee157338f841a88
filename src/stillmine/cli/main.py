"""The command line: `stillmine [--home DIR] [--json] ROOM VERB …`. It decides nothing itself."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from stillmine.app.process import forbid_core_files
from stillmine.cli.envelope import give_error, give_text, speak_utf8
from stillmine.cli.run import Wishes, as_error, calm_signals
from stillmine.cli.tree import House
from stillmine.errors import StillmineError, WrongUsage
from stillmine.messages import translate

# Each room, and the module that writes its actions to the list when it is imported. From watching
# a journey leads on to cases, so its actions come with that journey.
MODULES = {
    "try": "stillmine.journeys.trying",
    "keep": "stillmine.keep",
    "share": "stillmine.share",
    "watch": "stillmine.journeys.taking_up",
    "act": "stillmine.act",
    "doctor": "stillmine.app.doctor",
}


def main(modules: Mapping[str, str] = MODULES) -> None:
    """Run the program with what was typed, and end with its exit code."""
    speak_utf8()
    forbid_core_files()
    calm_signals()
    sys.exit(run_line(sys.argv[1:], modules))


def house(modules: Mapping[str, str] = MODULES) -> House:
    """Return the tree of all commands."""
    return House(
        modules,
        name="stillmine",
        help=translate("Your pictures are still yours: keep them sealed, and prove them whole."),
        context_settings={"max_content_width": 100},
    )


def run_line(typed: Sequence[str], modules: Mapping[str, str] = MODULES) -> int:
    """Run one command line, give its result, and return the exit code. Nothing is raised."""
    json = _wants_json(typed)
    try:
        return _run_line(typed, modules, json=json)
    except (StillmineError, KeyboardInterrupt) as reason:
        error = as_error(reason, json=json)
    except Exception as reason:  # noqa: BLE001  the one place where nothing may get past
        error = as_error(reason, json=json)
    give_error(error, json=json)
    return error.exit_code


def _run_line(typed: Sequence[str], modules: Mapping[str, str], *, json: bool) -> int:
    wishes = Wishes(json=json)
    try:
        code = house(modules).main(list(typed), "stillmine", standalone_mode=False, obj=wishes)
    except click.Abort as reason:
        raise KeyboardInterrupt from reason
    except click.exceptions.NoArgsIsHelpError as reason:
        if json or reason.ctx is None:
            raise WrongUsage(problem=translate("nothing was asked for.")) from reason
        give_text("help", reason.ctx.get_help(), json=False)
        return WrongUsage.exit_code
    except click.ClickException as reason:
        raise WrongUsage(problem=reason.format_message()) from reason
    return int(code or 0)


def _wants_json(typed: Sequence[str]) -> bool:
    """Say whether a program reads the answer, even where the line cannot be understood."""
    before_names = typed[: typed.index("--")] if "--" in typed else typed
    return "--json" in before_names
