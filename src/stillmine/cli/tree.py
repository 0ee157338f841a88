"""The tree of commands: one for each action, in a group for each room."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click

from stillmine import __version__
from stillmine.app.actions import Action, all_actions
from stillmine.cli.envelope import give_text
from stillmine.cli.parameters import FileName, parameters
from stillmine.cli.run import Wishes, run
from stillmine.messages import translate
from stillmine.messages.rooms import ROOMS


def _wish(name: str) -> Any:
    """Return a callback that notes a wish for the whole program, wherever it was typed."""

    def note(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value:
            setattr(context.ensure_object(Wishes), name, value)

    return note


def wishes() -> list[click.Parameter]:
    """Return the options that may stand before the room and after the verb."""
    return [
        click.Option(
            ["--home"],
            type=FileName(),
            metavar="DIR",
            help="The folder that holds the vault; also STILLMINE_HOME.",
            expose_value=False,
            callback=_wish("home"),
        ),
        click.Option(
            ["--device-key"],
            type=FileName(),
            metavar="FILE",
            help="The file with the device key; also STILLMINE_DEVICE_KEY_FILE.",
            expose_value=False,
            callback=_wish("device_key"),
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            help="Give the answer as one JSON object.",
            expose_value=False,
            callback=_wish("json"),
        ),
        _help(),
    ]


def _give_and_leave(name: str, text: Callable[[click.Context], str]) -> Any:
    """Return a callback that gives a text instead of running anything."""

    def give(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value and not context.resilient_parsing:
            give_text(name, text(context), json=context.ensure_object(Wishes).json)
            context.exit()

    return give


def _help() -> click.Option:
    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        help="Say what this does, and do nothing.",
        expose_value=False,
        callback=_give_and_leave("help", click.Context.get_help),
    )


def _version() -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        help="Say which version this is.",
        expose_value=False,
        callback=_give_and_leave("version", lambda _context: f"stillmine {__version__}"),
    )


def _yes() -> click.Option:
    return click.Option(
        ["--yes"],
        is_flag=True,
        help="Say yes to what the command would ask about.",
        expose_value=False,
        callback=_wish("yes"),
    )


def command(action: Action) -> click.Command:
    """Return the command that runs an action and ends with its exit code."""

    def callback(**typed: Any) -> int:
        return run(action, typed, click.get_current_context().ensure_object(Wishes))

    extra = [_yes()] if action.asks else []
    return click.Command(
        action.name.rpartition(".")[2],
        params=[*parameters(action), *extra, *wishes()],
        callback=callback,
        help=translate(action.summary),
        add_help_option=False,
    )


def room(name: str, actions: tuple[Action, ...]) -> click.Command:
    """Return the command for a dotted name, or the group of commands that it begins.

    A name may be both: `act statistics` shows figures, `act statistics merge` joins them.
    """
    own = next((action for action in actions if action.name == name), None)
    depth = name.count(".") + 1
    verbs = {
        action.name.split(".")[depth] for action in actions if action.name.startswith(f"{name}.")
    }
    if own is not None and not verbs:
        return command(own)
    group = _group(name) if own is None else _group_of(own)
    for verb in sorted(verbs):
        group.add_command(room(f"{name}.{verb}", actions))
    return group


def _group(name: str) -> click.Group:
    return click.Group(
        name.rpartition(".")[2],
        params=wishes(),
        help=translate(ROOMS.get(name, "")),
        add_help_option=False,
    )


def _group_of(action: Action) -> click.Group:
    """Return the group that does what an action does where no command of it is named."""
    alone = command(action)

    @click.pass_context
    def callback(context: click.Context, /, **typed: Any) -> Any:
        if context.invoked_subcommand is None and alone.callback is not None:
            return alone.callback(**typed)
        return None

    return click.Group(
        alone.name,
        params=alone.params,
        callback=callback,
        help=alone.help,
        add_help_option=False,
        invoke_without_command=True,
    )


class House(click.Group):
    """The whole program. A room is loaded when it is entered, so that help comes at once."""

    def __init__(self, modules: Mapping[str, str], **attributes: Any) -> None:
        """Take the module that writes each room's actions to the list."""
        super().__init__(params=[*wishes(), _version()], add_help_option=False, **attributes)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the rooms, in the order in which they are introduced."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a room with its commands; loads its actions."""
        if cmd_name not in self._modules:
            return None
        importlib.import_module(self._modules[cmd_name])
        return room(cmd_name, all_actions())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of rooms for the help, without loading any of them."""
        with formatter.section("Rooms"):
            formatter.write_dl([(name, translate(ROOMS.get(name, ""))) for name in self._modules])
