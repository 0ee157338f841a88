"""What is said about letters that ask for removal."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "act.unknown-regime": (
        "There is no kind of letter with the name {regime}.",
        "These are known: {known}.",
    ),
    "act.copyright-alone": (
        "A copyright letter goes alone: the person who put the picture online may get to read it.",
        "Ask for the other letter first. If you still want this one: --regime dmca and no other.",
    ),
    "act.takes-no-letter": (
        "{to} takes no letters that ask for removal. It works in another way.",
        "To see how it works: stillmine act platforms {to}.",
    ),
    "act.nothing-to-ask": (
        "The case {case} has no address yet, so there is nothing to ask for.",
        "Add one with: stillmine act case address {case}, and then the address of the page.",
    ),
    "act.unknown-recipient": (
        "It is not known where {to} takes letters.",
        "Type the mail address of whoever hosts it: --to-host and the address. To find out who "
        "that is: stillmine act host, and the address of the page.",
    ),
    "act.not-a-mail-address": (
        "{mail} cannot be used as a mail address.",
        "Look for a missing sign or a blank, and type it once more.",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {
    "notice-copyright": "This letter is about copyright. It carries your name, your postal "
    "address and your telephone number. The person who put the picture online may get to read "
    "it, and it may be put into the public database Lumen. You swear in it that the picture is "
    "yours: who says so without being sure can be punished. Only go on if you took the picture "
    "yourself. Somebody who acts for you can sign it instead.",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}

# What a letter lacks, by the code of the check.
LACKS: dict[str, str] = {
    "empty": "There is no text in it.",
    "gap": "There is still a gap to fill in: {gap}{what}.",
    "unsigned": "Nobody has signed it. Your typed name at the end is enough.",
    "no-address": "It does not say exactly where the picture is. {what}",
    "whole-site": "This is the address of a whole site: {what}. Give that of the page or picture.",
    "search-page": "This is a page of search results: {what}. Open the result, and take the "
    "address of the page itself.",
    "short-link": "This is a short link: {what}. Give the address that it leads to.",
    "elsewhere": "This address does not lie there: {what}. Write to the place where it is.",
    "not-in-text": "This address is not in the letter as it is written: {what}",
    "no-contact": "It does not say how to reach you.",
    "no-name": "It does not say your name.",
    "no-mail": "It does not give your e-mail address.",
    "no-full-contact": "It does not give your postal address, telephone number and e-mail address.",
    "no-standing": "It does not say that it is you in the picture.",
    "no-authority": "It does not say that the person allowed you to act for them.",
    "no-good-faith-consent": "It does not say that you believe in good faith that this was "
    "published without consent.",
    "no-good-faith-copyright": "It does not say that you believe in good faith that nobody who "
    "owns the picture, and no law, allows this use.",
    "no-good-faith-report": "It does not say that you make this report in good faith.",
    "no-accurate-complete": "It does not say that you believe in good faith that all in it is "
    "accurate and complete.",
    "no-true-to-best": "It does not say that it is true to the best of your knowledge and belief.",
    "no-accurate": "It does not say that what it says is accurate.",
    "no-perjury": "It does not swear, under penalty of perjury, that you may act for the owner.",
    "no-work": "It does not say which work is yours.",
    "no-not-consensual": "It does not say that the picture was published without consent.",
    "no-shows": "It does not say what kind of picture it is: intimate, nude or sexual.",
    "no-explanation": "It does not explain why it is against the law: what the picture shows, "
    "that it was published without consent, and that the law forbids that.",
    "no-ground-erasure": "It does not ask to erase personal data and say why: you object, you "
    "take back your consent, or it was never lawful.",
    "no-ground-australia": "It does not say what it has to do with Australia: you live there, or "
    "the person who posted it, or it is hosted there.",
}
# Who asks for it, and what hangs on it.
ASKED_BY: dict[str, str] = {
    "clock": "{law}: “{quote}”. Without it the {hours} hours may not start.",
    "law": "{law}: “{quote}”. Without it they may put the letter aside.",
    "unsure": "Nobody could confirm yet that the law asks for this: {law}. Have it in to be safe.",
    "nobody": "No law asks for it here, but nobody can act without it.",
}
