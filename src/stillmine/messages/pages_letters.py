"""The words of the pages of letters, and of the page with laws, authorities and platforms."""

from __future__ import annotations

LETTERS: dict[str, str] = {
    "title": "Write a letter",
    "lede": "The letter is written for you. You send it yourself: nothing goes out from here.",
    "no_sender": "Nobody signs yet",
    "no_sender_text": "Without a name and an address to answer to, many sites do nothing.",
    "no_sender_go": "Say who signs",
    "pages": "For which pages?",
    "no_pages": "There is no page yet. Write down where it is first.",
    "mail": "A mail address of theirs",
    "mail_hint": "Only if you know one.",
    "found": "Or whom we found for this site",
    "found_none": "Nobody of these",
    "more": "Something else",
    "copyright": "I took the picture myself, and this is about copyright",
    "copyright_hint": "Such a letter shows your name and where you live. You are asked once more.",
    "work": "Which picture is yours?",
    "front_page": "The front page of the site shows the picture",
    "why_law": "Why this law",
    "missing": "What is missing, and what the law says",
    "to_case": "To the case",
    "to_letter": "Note what came of letter",
    "then": "Send it yourself. Then note that you did: so the clock runs, and you see what to do "
    "when they do not answer.",
    "kept": "It is kept as a draft. Nothing was sent.",
    "find_host": "Find out who runs the site",
}

LETTER: dict[str, str] = {
    "letter": "Letter to {to}",
    "stands": "How it stands",
    "written": "Written",
    "about": "About",
    "clock": "How long they have",
    "no_clock": "No time runs now.",
    "not_started": "Times that did not start",
    "not_started_authority-notice": "It starts when the authority tells the platform to remove it.",
    "not_started_court-order": "It starts with the order of a court.",
    "not_started_draft": "It starts when the letter is sent.",
    "not_started_lacks": "The letter lacks something that this law asks for, so its time did not "
    "start.",
    "steps": "What came of it",
    "no_steps": "Nothing is noted yet.",
    "note": "Note what happened",
    "what": "What happened?",
    "sent": "I have sent it",
    "acknowledged": "They say that they got it",
    "removed": "It is removed",
    "partly": "A part of it is removed",
    "refused": "They said no",
    "silent": "No answer came in time",
    "reappeared": "It is back",
    "withdrawn": "I take the letter back",
    "authority-notice": "The authority told them to remove it",
    "court-order": "A court ordered them to remove it",
    "more-time": "They asked for more time",
    "undo": "Take the last note back",
    "on": "When?",
    "on_hint": "A day like 2026-05-31. Empty means now.",
    "until": "Until when do they want time?",
    "until_hint": "A day like 2026-05-31. Only if they asked for more time.",
    "which": "Which pages are gone?",
    "which_hint": "Only if a part of it is removed.",
    "own": "A note of your own",
    "receipt": "Their answer, or what shows that you sent it",
    "receipt_hint": "A file, if you have one. It is kept as proof.",
    "go": "Note it",
    "choose": "Choose what happened.",
    "text": "The letter",
    "fields": "Show it field by field",
    "complain": "Tell an authority",
    "where_again": "Where to send it",
    "more_detail": "When, a note, a file",
}

COMPLAIN: dict[str, str] = {
    "title": "Tell an authority",
    "lede": "They can act when a site says no, or says nothing. The text is written for you, with "
    "your proof listed. You send it yourself.",
    "which": "Which authority?",
    "none": "No authority could be confirmed yet for this letter. The case says what else you "
    "can do.",
    "go": "Write it",
    "to": "To {to}",
    "early": "It may be early",
    "early_text": "The time of the law is not over yet, or did not start. They may tell you to "
    "wait.",
    "to_fill": "Something is missing",
    "fill_name": "Your name. Say who signs.",
    "fill_contact": "How to reach you. Say who signs.",
    "form": "Open where they take reports",
    "how": "How",
    "then": "It is kept as a draft. Send it yourself, then note that you did.",
}

HASHING: dict[str, str] = {
    "begun": "It is noted that you began.",
    "looked": "I looked how it stands",
}

LAW: dict[str, str] = {
    "title": "Laws and who can help",
    "about": "What the law says where you are, and where each site takes reports.",
    "lede": "What the law says where you are, and who can be told. Only what was read at its "
    "source is shown.",
    "no_advice": "This is no legal advice. A lawyer or a helpline knows more about your case.",
    "country": "Which country?",
    "country_hint": "Nothing is sent. The list is on this computer.",
    "show": "Show",
    "laws": "Laws: {place}",
    "no_laws": "No law could be confirmed yet here. That does not mean there is none.",
    "authorities": "Who can be told when a site does not act",
    "no_authorities": "No authority could be confirmed yet. The police or a helpline can help to "
    "find one.",
    "more_one": "{count} more is known of, but nobody has confirmed it yet.",
    "more": "{count} more are known of, but nobody has confirmed them yet.",
    "says": "In their words: “{quote}”",
    "read": "Read at {source} on {day}.",
    "old": "Last read on {day}, long ago. Look there before you rely on it.",
    "sources": "Where this was read",
    "all": "All of it, with the words of the law",
    "all_laws": "All laws here",
    "platform": "Where does a site take reports?",
    "platform_lede": "Each place has its own way. This is what could be confirmed.",
    "site": "Which site?",
    "known": "What is known",
    "choose": "Choose a site",
    "leaves": "A link opens in this browser. That page sees that you came, and the browser keeps "
    "it in its list.",
    "people": "People to talk to",
}
