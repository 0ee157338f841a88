"""What is said before something leaves this computer or cannot be taken back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from stillmine.app.actions import Action, Secret
from stillmine.messages import fill, translate
from stillmine.messages.questions import QUESTIONS
from stillmine.messages.visible import visible


@dataclass(slots=True)
class Agreement:
    """What a person says yes to: the four sentences about sending, or one warning, or both."""

    warning: str = ""
    what: str = ""
    to: str = ""
    they_learn: str = ""
    undo: str = ""
    token: str = ""
    """Names the request that waits; the form on the page sends it back as `agree`."""


def agreement_for(action: Action, request: Any) -> Agreement | None:
    """Return what has to be agreed to before this request; None where nothing has.

    Raises what is wrong with the request, where that has to be known to say what is sent.
    """
    sends, warning = action.sending(request), action.warns(request)
    if sends is None and warning is None:
        return None
    agreement = Agreement(translate(QUESTIONS[warning]) if warning else "")
    if sends is not None:
        facts = _facts(request)
        for part in ("what", "to", "they_learn", "undo"):
            setattr(agreement, part, fill(translate(getattr(sends, part)), facts))
    return agreement


def _facts(request: Any) -> dict[str, str]:
    """Return what was typed and what follows from it, fit to be shown; no secret."""
    names = [each.name for each in dataclasses.fields(request)]
    names += [name for name, of in vars(type(request)).items() if isinstance(of, property)]
    typed = {name: getattr(request, name) for name in names}
    return {
        name: ", ".join(map(visible, value)) if isinstance(value, tuple) else visible(value)
        for name, value in typed.items()
        if not isinstance(value, Secret)
    }
