"""Say what a file that was handed in seems to be, from its first bytes and its name."""

from __future__ import annotations

import mimetypes
import re

from stillmine.app.sources.kinds import Sort, sort_of
from stillmine.imaging.kinds import Kind
from stillmine.imaging.sniff import kind_by_head

HEAD = 1 << 16
"""How many first bytes are looked at; nothing of the file is taken apart."""
_SEEN = {
    Kind.PICTURE: "picture",
    Kind.ANIMATION: "picture",
    Kind.VIDEO: "video",
    Kind.PDF: "document",
}
_KINDS = {
    Sort.ZIP: "archive",
    Sort.TAR: "archive",
    Sort.PACKED: "archive",
    Sort.CLOSED: "archive",
    Sort.WARC: "page",
    Sort.MARKUP: "page",
}
# How the export of a chat is called: WhatsApp, Signal's backup, Telegram's folder, iMessage tools.
_CHAT_NAME = re.compile(r"whatsapp chat\b.*|_chat\.txt|signal-.*\.backup|messages\d*\.html")
# How its first line begins: "[12.11.26, 18:03:11] Name: …", "11/12/26, 6:03 PM - Name: …".
_CHAT_LINE = re.compile(
    rb"[\xef\xbb\xbf\xe2\x80\x8e]*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}"
)
# How mail begins: a line of mbox (RFC 4155), or a header that only mail has (RFC 5322).
_MAIL_HEAD = re.compile(
    rb"From \S+ |(?i:return-path|delivered-to|received|from|to|subject|date|message-id|"
    rb"mime-version|x-[a-z-]+|arc-seal|dkim-signature)\s*:\s*\S[^\n]*\n(?:[a-z-]+:|[ \t]|\r?\n)",
    re.IGNORECASE,
)
_PAGE_IN_MIME = (b"multipart/related", b"snapshot-content-location")
_TYPES = mimetypes.MimeTypes(filenames=())  # what this computer adds would differ elsewhere
_PLAIN_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_TELEGRAM = b'"messages"'


def kind_of(name: str, head: bytes) -> str:
    """Return picture, video, document, page, chat, mail, archive or other."""
    if _is_chat(name.lower(), head):
        return "chat"
    sort = sort_of(head)
    if sort is Sort.SEEN:
        return _SEEN.get(kind_by_head(head), "other")
    if _MAIL_HEAD.match(head) or sort is Sort.MIME:
        page = any(sign in head.lower() for sign in _PAGE_IN_MIME)
        return "page" if page else "mail"
    if sort is Sort.ZIP and name.lower().endswith(".wacz"):
        return "page"
    return _KINDS.get(sort, "other")


def media_type(name: str) -> str:
    """Return the media type that the name of a file promises, or the one for any bytes."""
    found = _TYPES.guess_type(name, strict=True)
    plain = found[0] if found[1] is None else None
    return plain if plain and _PLAIN_TYPE.fullmatch(plain) else "application/octet-stream"


def _is_chat(name: str, head: bytes) -> bool:
    if _CHAT_NAME.fullmatch(name) or _CHAT_LINE.match(head):
        return True
    return head.lstrip()[:1] == b"{" and _TELEGRAM in head and b'"type"' in head
