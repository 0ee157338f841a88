"""The words around facts of law, platforms and lines."""

from __future__ import annotations

from stillmine.messages.counted import Counted

_NOT_CONFIRMED = Counted(
    "not_confirmed",
    "{not_confirmed} more is known of, but was not confirmed yet, so it is only named.",
    "{not_confirmed} more are known of, but were not confirmed yet, so they are only named.",
)
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.authorities": (
        Counted(
            "authorities",
            "{authorities} authority that takes complaints, for: {place}.",
            "{authorities} authorities that take complaints, for: {place}.",
            none="No authority could be confirmed yet for: {place}. The police or a helpline can "
            "help to find one.",
        ),
        _NOT_CONFIRMED,
    ),
    "act.law": (
        Counted(
            "laws",
            "{laws} law that may help in: {place}. This is no legal advice.",
            "{laws} laws that may help in: {place}. This is no legal advice.",
            none="No law could be confirmed yet for: {place}. That does not mean there is none.",
        ),
        _NOT_CONFIRMED,
    ),
    "act.lines": (
        Counted(
            "people",
            "{people} place where somebody listens, for: {place}. You decide what you tell.",
            "{people} places where somebody listens, for: {place}. You decide what you tell.",
            none="No number could be confirmed yet for: {place}. A doctor, the police or somebody "
            "you trust can help to find one.",
        ),
        _NOT_CONFIRMED,
    ),
    "act.platforms": (
        Counted(
            "platforms",
            "{platforms} platform, and where it takes reports.",
            "{platforms} platforms, and where they take reports.",
            none="Nothing could be confirmed yet about it.",
        ),
        _NOT_CONFIRMED,
    ),
}
FIELDS: dict[str, str] = {
    "again_days": "If they say no: you can ask again after so many days",
    "ages": "For whom",
    "asks": "What they ask for",
    "authority_deadline_hours": "Hours that the authority has",
    "cannot": "What it cannot do",
    "caution": "Be careful",
    "citation": "Where it is written",
    "crisis": "When somebody is in despair",
    "complaint_url": "Complain here",
    "copyright_mail": "For copyright, by e-mail",
    "copyright_url": "For copyright",
    "deadline_business_days": "Working days to remove it",
    "deadline_days": "Days to remove it",
    "deadline_hours": "Hours to remove it",
    "deadline_months": "Months to answer",
    "deadline_note": "About the time",
    "deadline_trigger": "The time starts with",
    "does": "What they do then",
    "elements.accuracy": "Say that it is accurate",
    "elements.contact": "How to reach you",
    "elements.explanation": "Say why it is against the law",
    "elements.good-faith": "Say that it is in good faith",
    "elements.ground": "Name the ground",
    "elements.identity": "Show who you are",
    "elements.locate": "Where it is",
    "elements.not-consensual": "Say that you did not agree to it",
    "elements.perjury": "Swear to it",
    "elements.signature": "Sign it",
    "elements.standing": "Say that it is you, or that you act for the person",
    "elements.work": "Name the picture that is yours",
    "elements.writing": "Write it",
    "ending": "How to end it",
    "enforcer": "Who enforces it",
    "help_url": "Help page",
    "helps_remove": "Helps to get pictures removed",
    "hours": "Open",
    "keeps": "What they keep",
    "kind": "What it is",
    "languages": "Languages",
    "leaves": "What leaves your device",
    "legal_channel": "For legal letters",
    "mail": "E-mail",
    "minors": "Under 18",
    "name": "Name",
    "needs_account": "You need an account",
    "needs_legal_name": "It asks for your legal name",
    "notices_mail": "To say that it is against the law, by e-mail",
    "notices_url": "To say that it is against the law",
    "offence": "What is forbidden",
    "phone": "Call",
    "post": "By post",
    "privacy_mail": "For your data, by e-mail",
    "privacy_url": "For your data",
    "procedure": "How to ask",
    "region": "Where it holds",
    "remedy": "What you can get",
    "report_mail": "Report by e-mail",
    "report_to": "Where to report",
    "report_url": "Report here",
    "role": "Is there for",
    "safety": "For your safety",
    "serves": "Is there for",
    "short_number": "Call (inside the country)",
    "status": "In force",
    "takes_stopncii": "Takes part in StopNCII (adults)",
    "takes_takeitdown": "Takes part in Take It Down (under 18)",
    "url": "Web page",
    "use_for": "Good for",
}
# What a word that programs use means to a person, by field and word.
MEANINGS: dict[str, str] = {
    "deadline_trigger.authority-notice": "a notice by the authority",
    "deadline_trigger.court-order": "the order of a court",
    "deadline_trigger.platform-report-then-regulator": (
        "your report to the platform; then you can go to the authority"
    ),
    "deadline_trigger.safe-harbour-step": "a step that the platform takes to stay out of liability",
    "deadline_trigger.statutory-answer-time": "your letter",
    "deadline_trigger.valid-request": "a request in which nothing is missing",
    "kind.leak-alert": "tells you when an address of yours is in a leak",
    "kind.platform-tool": "a tool of one platform, for what is on it",
    "kind.search-alert": "tells you what a search shows about you",
    "role.data-protection": "complaints about what companies do with your data and pictures",
    "role.digital-services": "complaints about platforms that did not do what they have to",
    "role.online-safety": "help to get pictures taken down, and complaints about platforms",
    "role.tribunal": "orders that a picture has to be removed",
    "status.in-force": "yes",
    "status.in-part": "in part, or not from today on",
    "status.pending": "no, not yet",
}
READ_AT = "Read at {source} on {day}."
READ_COPY = "Read on {day} in a copy of {source} that is kept elsewhere."
READ_STORED = "Read in a copy of {source}, as it was on {day}."
READ_ELSEWHERE = "Read at {source} on {day}, which is no official page."
QUOTED = "“{quote}”"
OLD = "Last read on {day}, long ago. Look at the source before you rely on it."
