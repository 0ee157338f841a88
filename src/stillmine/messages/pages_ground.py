"""What pages say before something is sent, beside a field, and in a terminal."""

from __future__ import annotations

GROUND: dict[str, str] = {
    "send_ask": "This sends something out of this computer",
    "send_what": "What is sent",
    "send_to": "To whom",
    "send_learn": "What they learn",
    "send_undo": "Can it be undone",
    "send_yes": "Yes, send it",
    "warn_ask": "Before you go on",
    "warn_yes": "Yes, go on",
    "not_now": "No, go back",
    "too_late": "Too much time has passed",
    "too_late_next": "Nothing was done. Fill in the page once more.",
    "field_needed": "This is still empty.",
    "field_number": "Write a whole number here, such as 10.",
    "field_choice": "Choose one of the answers.",
    "not_the_same": "The two are not the same. Type both once more.",
    "open_this": "The pages open in your browser. If you see none, open this address: {address}",
    "open_ends": "Press Ctrl and C here to end.",
}
