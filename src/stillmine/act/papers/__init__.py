"""Papers for a platform, the police, a lawyer or a helper: typeset, archival, and as plain text."""

from stillmine.act.papers import authorising
from stillmine.act.papers.document import Attachment, Document
from stillmine.act.papers.letter import letter_document, letter_pdf
from stillmine.act.papers.plain import plain_text
from stillmine.act.papers.typesetting import Typeset, has_typesetter, typeset

__all__ = [
    "Attachment",
    "Document",
    "Typeset",
    "authorising",
    "has_typesetter",
    "letter_document",
    "letter_pdf",
    "plain_text",
    "typeset",
]
