"""The words a person reads: what happened, what to do next, what was done."""

from stillmine.messages.language import translate, translate_counted
from stillmine.messages.sentences import fill, label, said_after, say, told_after

__all__ = [
    "fill",
    "label",
    "said_after",
    "say",
    "told_after",
    "translate",
    "translate_counted",
]
