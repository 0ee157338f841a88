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
        "Add one with: stillmine act case add {case}, and then the address of the page.",
    ),
    "act.unknown-recipient": (
        "It is not known where {to} takes letters.",
        "To find out who hosts it: stillmine act host, the address of the page, and --case. Then: "
        "--to-host host. Or type a mail address that you know: --to-host and the address.",
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
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.notice": (
        Counted(
            "ready",
            "Nothing is missing in this letter. Read it before you send it, and change what is not "
            "so. The program sends nothing by itself.",
            "",
            none="This letter is not ready yet. It is kept as a draft in the case {case}.",
        ),
        Counted(
            "missing",
            "{missing} thing is missing. Below is which, and why. For your name and how to "
            "reach you: stillmine act case sender.",
            "{missing} things are missing. Below is which, and why. For your name and how to "
            "reach you: stillmine act case sender.",
        ),
        Counted(
            "not_confirmed",
            "{not_confirmed} thing in it is asked for by a law that nobody could confirm yet.",
            "{not_confirmed} things in it are asked for by laws that nobody could confirm yet.",
        ),
    ),
    "act.letter": ("The letter {notice} to {to}: {stands}.",),
    "act.check-notice": (
        Counted(
            "ready",
            "Nothing is missing in this letter. The program looks for words only: read it once "
            "more, and see that all of it is true.",
            "",
            none="This letter is not ready yet.",
        ),
        Counted(
            "missing",
            "{missing} thing is missing. Below is which, and why.",
            "{missing} things are missing. Below is which, and why.",
        ),
        Counted(
            "not_confirmed",
            "{not_confirmed} thing in it is asked for by a law that nobody could confirm yet.",
            "{not_confirmed} things in it are asked for by laws that nobody could confirm yet.",
        ),
    ),
}

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
    "no-work": "It does not say which work is yours (--work).",
    "no-intimate-no-consent": "It does not say that it is an intimate picture, and that it was "
    "published without consent.",
    "no-not-consensual": "It does not say that the picture was published without consent.",
    "no-shows": "It does not say what kind of picture it is: intimate, nude or sexual.",
    "no-explanation": "It does not explain why it is against the law: what the picture shows, "
    "that it was published without consent, and that the law forbids that.",
    "no-ground-erasure": "It does not ask to erase personal data and say why: you object, you "
    "take back your consent, or it was never lawful.",
    "no-ground-australia": "It does not say what it has to do with Australia: you live there, or "
    "the person who posted it, or it is hosted there (--link).",
}
# Who asks for it, and what hangs on it.
ASKED_BY: dict[str, str] = {
    "clock": "{law}: “{quote}”. Without it the {hours} hours may not start.",
    "law": "{law}: “{quote}”. Without it they may put the letter aside.",
    "unsure": "Nobody could confirm yet that the law asks for this: {law}. Have it in to be safe.",
    "nobody": "No law asks for it here, but nobody can act without it.",
}
# Why a law is in a letter.
CHOSEN: dict[str, str] = {
    "home": "Because the person in the picture lives there ({place}): {law}.",
    "reach": "Because {to} may answer to it too: {law}.",
    "us-tida.reach": "Because many sites have to act on such a letter: {law}. Nobody could confirm "
    "that it also covers people outside the United States. It does no harm to ask.",
    "host.reach": "Because {to} can take the page off the net: {law}.",
    "search.reach": "Because {to} can take the page out of its results: {law}.",
    "au-esafety.reach": "Because {to} takes these reports: {law}.",
    "ca-bc.reach": "Because {to} takes these claims: {law}.",
    "asked": "Because you asked for it: {law}.",
}
# What a letter tells others about whoever sends it.
REVEALS: dict[str, str] = {
    "agent": "Your own name stands in it as the one who signs, beside the words for the person "
    "in the picture.",
    "authority": "An authority gets to know of it. It may tell you more about who will see it.",
    "identity": "They may ask for something that shows who you are. Give no more than they need.",
    "lumen": "It may be put into the public database Lumen, with your name.",
    "mail": "{to} learns your e-mail address. A new one, only for this, is fine.",
    "name": "{to} learns your name. The letter asks them not to pass it on.",
    "passed-on": "{to} may pass the letter on to whoever runs the site, with all that is in it.",
    "postal": "{to} learns your postal address and your telephone number.",
    "reach": "{to} learns how to reach you.",
    "search": "{to} learns which pages you want out of its results, and who asks.",
    "uploader": "The person who put the picture online may get the letter, with your name.",
}
# What the fields of forms are called.
FORM: dict[str, str] = {
    "addresses": "Addresses (links) of the pictures",
    "day": "Day",
    "legal_name": "Your name, as it stands in your papers",
    "mail": "Your e-mail address",
    "name": "Your name",
    "phone": "Your telephone number",
    "postal": "Your postal address",
    "signature": "Signature (type your name)",
    "stated": "Statements (good faith, accuracy)",
    "story": "What happened, and what you ask for",
    "subject": "Subject",
    "who": "Who you are",
}
# What stands above the parts of a letter when it is shown or kept as a file.
PARTS: dict[str, str] = {
    "letter": "The letter:",
    "paste": "To paste into a form, field by field. The form may have another order:",
    "form": "Their form: {form}",
    "registry": "So says {source}.",
    "usual": "No registry names it; it is only what is usual ({source}).",
    "mail_typed": "By e-mail to {mail}. You typed this address; nobody has confirmed it.",
    "mail_known": "By e-mail to {mail}.",
    "no_place": "Nobody could confirm yet where {to} takes reports. Look for “report” on the page "
    "itself, and never pay for it.",
    "one_each": "They take one report for each picture, so there is one letter for each.",
}
# Who can be asked at the same time.
ALSO: dict[str, str] = {
    "au-esafety": "You can write to eSafety too. No need to wait for an answer here: --to esafety",
    "ca-bc": "A tribunal in British Columbia can order it to be removed too: --to crt",
}
