"""Turn the fields of a request into what can be typed after a command, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import click

from stillmine.app.actions import Action, Secret
from stillmine.app.fields import Field, default_of, fields_of, has_default, without_none

_PLAIN: dict[Any, click.ParamType[Any]] = {
    str: click.STRING,
    int: click.INT,
    float: click.FLOAT,
}


class FileName(click.ParamType[Path]):
    """A file name as it was typed: whether the file is there is for the action to find out."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path. Refuse an empty name, which would mean the current folder.

        After an option, `--home --json` is a forgotten name and not a folder called `--json`.
        """
        if not str(value):
            self.fail("A file name is empty.", param, ctx)
        if isinstance(param, click.Option) and str(value).startswith("--"):
            self.fail(f"{value} stands where a name should be; or type ./{value}", param, ctx)
        return Path(value)


def _hints(action: Action) -> dict[str, Any]:
    return get_type_hints(action.request)


def _click_type(hint: Any) -> click.ParamType[Any]:
    if hint is Path:
        return FileName()
    if get_origin(hint) is Literal:
        return click.Choice([str(choice) for choice in get_args(hint)])
    if hint in _PLAIN:
        return _PLAIN[hint]
    raise TypeError(f"a field of type {hint} cannot be typed on the command line")


def secret_fields(action: Action) -> tuple[Field, ...]:
    """Return the fields of an action's request that are asked for."""
    return tuple(field for field in fields_of(action) if field.secret)


def parameters(action: Action) -> list[click.Parameter]:
    """Return what can be typed after an action's command: arguments and options."""
    hints = _hints(action)
    secret = {field.name for field in secret_fields(action)}
    return [
        _parameter(field, hints[field.name])
        for field in dataclasses.fields(action.request)
        if field.name not in secret
    ]


def _parameter(field: dataclasses.Field[Any], hint: Any) -> click.Parameter:
    hint, _ = without_none(hint)
    if get_origin(hint) is tuple:
        return _several(field, get_args(hint)[0])
    if hint is bool:
        return _flag(field)
    if field.metadata.get("positional"):
        return _one_argument(field, hint)
    return click.Option(
        [_option_name(field.name), field.name],
        type=_click_type(hint),
        required=not has_default(field),
        default=default_of(field),
        help=field.metadata.get("help"),
        show_default=default_of(field) not in (None, ""),
    )


def _one_argument(field: dataclasses.Field[Any], hint: Any) -> click.Argument:
    ready = {"default": default_of(field)} if has_default(field) else {}
    return click.Argument(
        [field.name],
        type=_click_type(hint),
        required=not ready,
        help=field.metadata.get("help"),
        **ready,
    )


def _several(field: dataclasses.Field[Any], hint: Any) -> click.Parameter:
    """Return an argument that takes several values, or an option that may be repeated."""
    if hint is Path or field.metadata.get("positional"):
        word = _one_of_several(field.name).upper()
        return click.Argument(
            [field.name],
            type=_click_type(hint),
            nargs=-1,
            required=not has_default(field),
            metavar=f"[{word}]..." if has_default(field) else f"{word}...",
            help=field.metadata.get("help"),
        )
    return click.Option(
        [_option_name(_one_of_several(field.name)), field.name],
        type=_click_type(hint),
        multiple=True,
        required=not has_default(field),
        help=field.metadata.get("help"),
    )


def _one_of_several(field_name: str) -> str:
    """Return the name of one of them: an option that is repeated is not called by their plural."""
    if field_name.endswith("sses"):
        return field_name.removesuffix("es")
    return field_name if field_name.endswith("ss") else field_name.removesuffix("s")


def _flag(field: dataclasses.Field[Any]) -> click.Option:
    name = _option_name(field.name)
    default = bool(default_of(field))
    both = f"{name}/--no-{name.removeprefix('--')}"
    return click.Option(
        [both if default else name, field.name],
        is_flag=True,
        default=default,
        help=field.metadata.get("help"),
    )


def _option_name(field_name: str) -> str:
    return "--" + field_name.strip("_").replace("_", "-")


def request_from(action: Action, typed: Mapping[str, Any], asked: Mapping[str, Secret]) -> Any:
    """Return the request made of what was typed and of what was asked for."""
    values: dict[str, Any] = dict(asked)
    for field in dataclasses.fields(action.request):
        if field.name not in typed:
            continue
        value = typed[field.name]
        if value in ((), None) and has_default(field):
            continue  # nothing was typed: the field's own default stands
        values[field.name] = value
    return action.request(**values)
