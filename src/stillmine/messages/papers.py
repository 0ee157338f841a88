"""What is said about papers for the police, a lawyer or a helper."""

from __future__ import annotations

from stillmine.messages import advocating, figures
from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.no-typesetter": (
        "The part that makes PDF papers is not on this computer.",
        "Name a file that ends in .txt to get the same words as text. "
        "How to add the part: stillmine doctor.",
    ),
    "act.cannot-typeset": (
        "This paper could not be made as a PDF.",
        "Name a file that ends in .txt to get the same words as text.",
    ),
    "act.not-statistics": (
        "{file} does not hold figures that can be joined: {why}.",
        "Leave it out, or ask whoever sent it for a new one.",
    ),
}
DOING: dict[str, str] = {
    "papers.setting": "Making the paper",
    "papers.pictures": "Getting the pictures ready",
    "statistics.joining": "Joining figures",
}
QUESTIONS: dict[str, str] = {
    "act.report-with-screenshots": "This report will have the screenshots of the pages inside, "
    "and what they show. Whoever gets the file sees them, and so does whoever finds it on this "
    "computer. Give it to the police or a lawyer only if they asked for it. Go on?",
}
_NOT_DRAWN = Counted(
    "not_drawn",
    "One sign has no font on this computer. It stands there by its number.",
    "{not_drawn} signs have no font on this computer. They stand there by their numbers.",
)
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    **figures.ANSWERS,
    "act.letter-to-representative": (advocating.ANSWER, _NOT_DRAWN),
    "act.authorise": (
        "The paper is in {file}. Read it, change what does not fit, and sign it by hand.",
        "It names you. Give it only to your helper, and to those who ask the helper for it.",
        _NOT_DRAWN,
    ),
    "act.certify": (
        "The draft is in {file}. It is for a lawyer to read before anybody signs it.",
        _NOT_DRAWN,
    ),
    "act.report": (
        "The report is in {file}. It names addresses and what was done about them.",
        Counted(
            "screenshots",
            "There is {screenshots} screenshot inside.",
            "There are {screenshots} screenshots inside.",
            none="There is no picture inside.",
        ),
        "The file is not sealed: whoever has it can read it.",
        _NOT_DRAWN,
    ),
}

PAPER: dict[str, str] = {
    "of": "of",
    "to": "To",
    "date": "Date",
    "inside": "Inside this file",
    "files_apart": "These files belong to this paper: {names}",
    "not_drawn": "No font on this computer can draw these signs, so they stand above by their "
    "number: {signs}",
    "running": "Case {case}",
    "read_at": "{name}. Read at {url} on {day}.",
    "read_elsewhere": "{name}. Read at {url} on {day}, which is no official page.",
    "file_ending": "name a file that ends in .pdf or .txt.",
    "to_fill": "(to be filled in by hand)",
    "none": "None.",
    "yes": "yes",
    "no": "no",
}
"""Words that any paper may have."""

AUTHORISE: dict[str, str] = {
    "title": "Authorisation to act for me",
    "person": "The person in the pictures",
    "agent": "Their helper",
    "works_for": "The helper works for",
    "reach": "How to reach the helper",
    "case": "Case",
    "until": "Holds until",
    "until_withdrawn": "I withdraw it",
    "what": "What I allow",
    "what_text": "Intimate pictures of me are online, and I did not agree to that. I allow my "
    "helper to do these things for me and to sign for me:",
    "may_ask": "ask any site, host, search engine or other service to take the pictures down and "
    "to keep them down;",
    "may_follow": "ask how far that is, get the answers, and ask once more;",
    "may_complain": "complain to an authority where a service does not answer or says no;",
    "may_see": "keep and use the proof of this case for these ends.",
    "limits": "What I do not allow",
    "not_show": "show the pictures to anybody, or send them on, unless I say yes to it first;",
    "not_settle": "settle, give up a claim, or take or pay money for me;",
    "not_court": "start a case in court for me;",
    "not_pass_on": "pass this permission on to somebody else.",
    "where": "Where it is about",
    "where_text": "These addresses, and each other place where the same pictures turn up:",
    "where_none": "Each place where the pictures turn up.",
    "name": "My name",
    "name_text": "Please do not give my name to whoever put the pictures online. Keep it as "
    "private as the law lets you.",
    "end": "How it ends",
    "end_text": "I can withdraw this at any time, without a reason. A line to my helper is enough. "
    "Then the helper stops, tells those who were written to, and gives me back what they have. "
    "Whoever has a copy can ask the helper whether it still holds.",
    "laws": "What laws say about a helper",
    "laws_text": "These words were read on official pages. Other laws may allow a helper too.",
    "sign": "Signed",
    "sign_person": "The person in the pictures: name and signature",
    "sign_place": "Place and date",
    "sign_agent": "The helper accepts: name and signature",
}
"""The paper that lets a helper sign."""
