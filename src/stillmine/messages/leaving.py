"""What is said when a vault is taken away from this computer."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "keep.remove-home": (
        "The vault is gone from this computer: {home}",
        "Copies in other places are still there. So is the program itself. A timer that looked "
        "for copies does nothing now; to remove it too: stillmine watch schedule off",
    ),
}

ERRORS: dict[str, tuple[str, str]] = {
    "home.holds-others": (
        "In the folder of the vault there is something that this program did not make: {file}. "
        "Nothing was removed.",
        "Move it to another place, then try again.",
    ),
}

QUESTIONS: dict[str, str] = {
    "removing-home": "The vault and all that is in it is removed from this computer. Without a "
    "copy in another place, nobody can get it back.",
}
