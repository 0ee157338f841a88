"""Papers for a platform, the police, a lawyer or a helper: typeset, archival, and as plain text.

What is here knows nothing of letters and clocks, so that those can use it; the commands, which do,
are imported by `stillmine.act`.
"""

from stillmine.act.papers.document import Attachment, Document
from stillmine.act.papers.letter import letter_document, letter_pdf
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.typesetting import Typeset, has_typesetter, typeset

__all__ = [
    "Attachment",
    "Document",
    "Typeset",
    "has_typesetter",
    "letter_document",
    "letter_pdf",
    "plain_text",
    "typeset",
]
