"""The words a person reads: what happened, what to do next, what was done."""

from stillmine.messages.language import languages, speaking, spoken, translate, translate_counted
from stillmine.messages.sentences import fill, label, said_after, say, told_after

__all__ = [
    "fill",
    "label",
    "languages",
    "said_after",
    "say",
    "speaking",
    "spoken",
    "told_after",
    "translate",
    "translate_counted",
]
