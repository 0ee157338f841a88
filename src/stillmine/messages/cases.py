"""What is said about cases, their timelines, and what is handed in as proof."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.unknown-case": (
        "There is no case with the name {case}, or more than one begins like that.",
        "To see all of them: stillmine act case list.",
    ),
    "app.too-much-at-once": (
        "This is larger than can be held in memory at once.",
        "At a terminal, it can be written to a folder: stillmine act hand-out --to FOLDER.",
    ),
    "act.unknown-part": (
        "The case {case} has nothing with the name {part}.",
        "To see what it has: stillmine act case show {case}.",
    ),
    "act.unknown-evidence": (
        "The proof {evidence} is not in your vault. It may have been forgotten.",
        "To see what is there: stillmine act case list, then show with the name of the case.",
    ),
    "act.custody-broken": (
        "The log of the case {case} is not as it was written. The first line that does not fit is "
        "line {line}.",
        "To see all lines: stillmine act case custody {case}. An older backup may hold the whole "
        "log. Keep this copy too.",
    ),
    "act.age-not-said": (
        "One thing has to be clear first: was somebody in the pictures under 18, or may have been? "
        "Nothing was opened or kept.",
        "Say it with --under-18: no, yes or unsure. With yes or unsure you see who can help, and "
        "nothing is kept.",
    ),
}
DOING: dict[str, str] = {
    "case.taking-in": "Taking in what you have",
}
QUESTIONS: dict[str, str] = {
    "under-18": "First: was anybody in the pictures under 18 when they were made, or may have "
    "been? Nothing is opened or kept before you answer. With yes or unsure you see who can help.",
    "case-forget": "This forgets the case for good: what you wrote, the letters, all its proof and "
    "the log. Nobody can get it back, and what is gone from the web by then cannot be shown again.",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.case.new": (
        Counted(
            "case",
            "The case {case} is open. It lies sealed in your vault.",
            "",
            "No case was opened, and nothing was kept. Pictures of somebody under 18 need other "
            "hands. You are not to blame, and there is help.",
        ),
        Counted(
            "threats",
            "What helps when somebody demands something: stillmine act safety {country} --threats.",
            "",
        ),
        Counted(
            "case",
            "Next, write down where the pictures are: stillmine act case add {case} ADDRESS. "
            "What to think of before that: stillmine act safety {country}.",
            "",
        ),
    ),
    "act.case.list": (
        Counted(
            "cases",
            "{cases} case.",
            "{cases} cases.",
            "There is no case here. To open one: stillmine act case new.",
        ),
    ),
    "act.case.show": ("This is all that the case {case} holds.",),
    "act.case.add": (
        Counted(
            "added",
            "{added} address was written down. Nothing was fetched, and nobody was told.",
            "{added} addresses were written down. Nothing was fetched, and nobody was told.",
            "No new address was written down.",
        ),
        Counted(
            "already",
            "{already} address was there already.",
            "{already} addresses were there already.",
        ),
        Counted(
            "skipped",
            "{skipped} is no address. Below is why.",
            "{skipped} are no addresses. Below is why.",
        ),
    ),
    "act.case.note": ("This is noted in the case {case}.",),
    "act.case.sender": ("This is who signs the letters of the case {case}.",),
    "act.case.close": (
        "The case {case} is closed. Everything in it stays. To go on: stillmine act case reopen "
        "{case}.",
    ),
    "act.case.reopen": ("The case {case} is open again.",),
    "act.case.forget": (
        "The case {case} is forgotten, with its proof, its letters and its log.",
        Counted(
            "disk_may_hold",
            "Sealed remains may stay on this disk, and nobody can open them.",
            "",
        ),
        Counted(
            "backups",
            "It may still be in {backups} backup. To erase it there: stillmine keep backup run, "
            "then stillmine keep backup prune.",
            "It may still be in {backups} backups. To erase it there: stillmine keep backup run, "
            "then stillmine keep backup prune.",
        ),
    ),
    "act.case.custody": (
        Counted(
            "log",
            "{log} line: who kept, opened or forgot the proof of the case {case}.",
            "{log} lines: who kept, opened or forgot the proof of the case {case}.",
            "Nobody kept or opened proof in the case {case} yet.",
        ),
        Counted(
            "broken",
            "The log is not as it was written. The first line that does not fit is named below.",
            "",
            "Every line fits the one before.",
        ),
        Counted("file", "The table is in {file}.", ""),
    ),
    "act.case.import": (
        Counted(
            "added",
            "{added} file is kept as proof. The file itself was not changed.",
            "{added} files are kept as proof. The files themselves were not changed.",
            "No new file was kept.",
        ),
        Counted(
            "already",
            "{already} file was kept before.",
            "{already} files were kept before.",
        ),
        Counted(
            "skipped",
            "{skipped} file was skipped. Below is why.",
            "{skipped} files were skipped. Below is why.",
        ),
        Counted(
            "not_stamped",
            "{not_stamped} authority did not vouch for the time. To ask again later: stillmine act "
            "stamp --case {case}.",
            "{not_stamped} authorities did not vouch for the time. To ask again later: stillmine "
            "act stamp --case {case}.",
        ),
    ),
}
# What helps where somebody may have been under 18, and what does harm.
UNDER_18: tuple[str, ...] = (
    "Write down the address of the page and the name of the account. Only that.",
    "Do not save, copy or pass on the pictures, and take no screenshot. Not as proof either: "
    "those below can see it by the address.",
    "If you are under 18: you did nothing wrong by asking. Tell an adult you trust, or those "
    "below. Most need no name.",
    "If somebody wants money or more pictures: do not pay, send nothing more, and delete no "
    "messages. You can stop answering.",
    "If you are in danger now, call the emergency number where you are.",
)
# What a file that was handed in seems to be.
KINDS: dict[str, str] = {
    "archive": "files in one",
    "chat": "chat",
    "document": "document",
    "mail": "mail",
    "other": "file",
    "page": "web page",
    "picture": "picture",
    "video": "video",
}
