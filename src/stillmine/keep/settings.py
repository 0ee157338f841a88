"""Look at what was chosen, and choose something else."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.settings import Settings, change_setting, read_settings
from stillmine.app.unlocking import unlocked


@dataclass(frozen=True, slots=True)
class SettingsRequest:
    """Nothing to look at the settings; a name and a value to change one."""

    change: str = given("The setting to change.", default="")
    value: str = given("Its new value.", default="")


@dataclass(frozen=True, slots=True)
class SettingsAnswer(Answer):
    """The settings in force."""

    settings: Settings


@action("keep.settings")
def settings(context: Context, request: SettingsRequest) -> SettingsAnswer:
    """Show the settings, or change one."""
    with unlocked(context, writing=bool(request.change)) as vault:
        if request.change:
            return SettingsAnswer(change_setting(vault, request.change, request.value))
        return SettingsAnswer(read_settings(vault))
