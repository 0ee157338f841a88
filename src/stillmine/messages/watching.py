"""What is said about looking for copies: the places, a look, and what was found."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "watch.unknown-place": (
        "There is no place with the number or name {place}, or more than one begins like that.",
        "To see all of them: stillmine watch place list.",
    ),
    "watch.no-places": (
        "There is no place to look at yet.",
        "To choose one: stillmine watch place add page ADDRESS. What else there is stands in "
        "stillmine watch place add --help.",
    ),
    "watch.already-looking": (
        "Another run of the program is looking right now.",
        "Wait until it is done. What it finds is kept: stillmine watch found.",
    ),
    "watch.unknown-finding": (
        "There is no finding with the number {finding}, or more than one begins like that.",
        "To see all of them: stillmine watch found --all.",
    ),
    "watch.not-online": (
        "This copy lies on this computer, and not on the web: {page}",
        "To keep a file as proof: stillmine act case import CASE FILE.",
    ),
    "watch.words-not-proven": (
        "The program looks only for words that you showed to be yours, and that was not shown yet "
        "for: {words}. This keeps anybody from using it to look for others.",
        "Places that need no words work at once, such as a page, a site or a board. To show that "
        "words are yours: stillmine watch name add.",
    ),
}
DOING: dict[str, str] = {
    "watch.looking": "Looking at your places",
    "watch.summing": "Taking the sums of your pictures",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.place.add": (
        Counted(
            "place",
            "The place {place} is noted. To look there now: stillmine watch look --place {place}.",
            "",
            "Nothing was kept. Pictures of somebody under 18 need other hands. You are not to "
            "blame, and there is help.",
        ),
        Counted("changed", "It was there before, and is as you said now.", ""),
        Counted("has_key", "Your key lies sealed with it, and is never shown.", ""),
    ),
    "watch.place.list": (
        Counted(
            "places",
            "{places} place.",
            "{places} places.",
            "There is no place yet. To choose one: stillmine watch place add page ADDRESS.",
        ),
    ),
    "watch.place.remove": (
        "The place {place} is not looked at any more. What was found there stays: stillmine watch "
        "found.",
    ),
    "watch.look": (
        Counted(
            "found",
            "{found} new copy of your pictures was found. To see it again: stillmine watch found.",
            "{found} new copies of your pictures were found. To see them again: stillmine watch "
            "found.",
            "Nothing new was found. That is no proof that there is nothing.",
        ),
        Counted(
            "not_taken_in",
            "{not_taken_in} of them waits, sealed, until the vault is open.",
            "{not_taken_in} of them wait, sealed, until the vault is open.",
        ),
        Counted(
            "places",
            "It looked at {places} place.",
            "It looked at {places} places.",
            "No place was due. To look all the same: stillmine watch look --now.",
        ),
        Counted("pages", "{pages} page was read.", "{pages} pages were read."),
        Counted(
            "pictures", "{pictures} picture was compared.", "{pictures} pictures were compared."
        ),
        Counted(
            "unrecognised",
            "{unrecognised} of the {items} items in the vault can be found only where nothing in "
            "it was changed.",
            "{unrecognised} of the {items} items in the vault can be found only where nothing in "
            "them was changed.",
        ),
        Counted(
            "problems",
            "{problems} thing could not be looked at. Below is why.",
            "{problems} things could not be looked at. Below is why.",
        ),
        Counted(
            "waiting",
            "{waiting} thing is left for later, because a site wants that. The same command goes "
            "on with it.",
            "{waiting} things are left for later, because sites want that. The same command goes "
            "on with them.",
        ),
        Counted("stopped", "It was stopped before the end. The same command goes on there.", ""),
    ),
    "watch.found": (
        Counted(
            "findings",
            "{findings} copy of your pictures was found.",
            "{findings} copies of your pictures were found.",
            "Nothing was found so far. That is no proof that there is nothing.",
        ),
        Counted("new", "{new} of them is new.", "{new} of them are new."),
        Counted(
            "maybe",
            "{maybe} of them is a maybe: look at it yourself.",
            "{maybe} of them are a maybe: look at them yourself.",
        ),
        Counted(
            "findings",
            "What to do about one: stillmine watch take-up NUMBER. If it is nothing: stillmine "
            "watch dismiss NUMBER.",
            "What to do about one: stillmine watch take-up NUMBER. If it is nothing: stillmine "
            "watch dismiss NUMBER.",
        ),
        Counted(
            "dismissed",
            "You dismissed {dismissed}. To see it: stillmine watch found --all.",
            "You dismissed {dismissed}. To see them: stillmine watch found --all.",
        ),
        Counted(
            "waiting",
            "{waiting} of them could not be kept in the vault yet. It is safe, and waits.",
            "{waiting} of them could not be kept in the vault yet. They are safe, and wait.",
        ),
        Counted(
            "unreadable",
            "{unreadable} letter in the inbox is damaged and cannot be read.",
            "{unreadable} letters in the inbox are damaged and cannot be read.",
        ),
    ),
    "watch.take-up": (
        Counted(
            "case",
            "It is in the case {case}. Nothing was fetched, and nobody was told.",
            "",
            "No case was opened. Pictures of somebody under 18 need other hands. You are not to "
            "blame, and there is help.",
        ),
        Counted("opened", "The case is new.", ""),
        Counted(
            "added",
            "{added} address was written down.",
            "{added} addresses were written down.",
        ),
        Counted(
            "already",
            "{already} address was there already.",
            "{already} addresses were there already.",
        ),
        Counted(
            "skipped",
            "{skipped} copy lies on this computer, and not on the web.",
            "{skipped} copies lie on this computer, and not on the web.",
        ),
        Counted(
            "next",
            "Keep proof before you ask anybody to remove it. The command is below.",
            "Keep proof before you ask anybody to remove it. The commands are below.",
        ),
    ),
    "watch.dismiss": (
        Counted(
            "dismissed",
            "{dismissed} finding is put aside, and is not reported again.",
            "{dismissed} findings are put aside, and are not reported again.",
        ),
        Counted(
            "shown_again",
            "{shown_again} finding is shown again.",
            "{shown_again} findings are shown again.",
        ),
    ),
}
# A finding, as `watch found` shows it.
SHOWN: dict[str, str] = {
    "at-place": "Place: {place}.",
    "dismissed": "You dismissed it.",
    "for-it": "What speaks for it: {facts}",
    "forgotten": "It was a copy of a picture that is in your vault no more.",
    "in-case": "It is in the case {case}.",
    "maybe": "Only one thing speaks for it. Look at it yourself before you do anything.",
    "picture": "The picture itself: {picture}",
    "seen": "Seen {at}.",
}
# What speaks for a finding.
FACTS: dict[str, str] = {
    "again-here": "Another of your pictures is on the same site.",
    "looks-alike": "Details of it agree with your picture.",
    "named-here": "A name of yours is on the page.",
    "same-bytes": "Every byte of it is the same.",
    "same-sum": "The site itself tells the sum of your file.",
    "whole-alike": "All of it agrees with your picture, light for light.",
}
# When archives saw a page.
SAW = "{page}: an archive saw it on {first}."
SAW_OFTEN = "{page}: archives saw it {times} times, from {first} to {last}."
SAW_COPY = "The copy: {copy}"
# A place, as `watch place list` shows it.
LISTED: dict[str, str] = {
    "due": "The next look is due {at}.",
    "goes-on": "The look goes on with the next one.",
    "key": "With a key of yours.",
    "looked": "Looked at {at}.",
    "never": "Not looked at yet.",
}
# What stands beside a place whose words the person took out of their own names.
NOT_OWN = "It is not looked at: its words are not shown to be yours any more."
# What went wrong at a place.
AT_HOST = "{host}: {said}"
TIMES = "{said} ({times} times)"
# What a case says of a finding that was taken up, and what is missing for a new case.
NOTED = "Found by looking, {at}: a copy of a picture is on {page}"
WHERE = "say with --country where you live, or with --case which case it belongs to."
NO_KEY_HERE = "this kind of place takes no key."
