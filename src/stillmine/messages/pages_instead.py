"""What is said on a page in place of a sentence that names a command: a page has no command line.

Errors have their own list (`pages_errors.NEXT`), because what a page says there may be another
thing to do.
"""

from __future__ import annotations

from stillmine.messages import (
    breaches,
    capture,
    clock,
    enrolling,
    handing,
    names,
    next_steps,
    notices,
    proof,
    questions,
    safety,
    scheduling,
    watching,
)

_LOOK_BY_HAND = (
    "It may be safer to look by hand, at a time and place you choose. Or use a device that only "
    "you can reach."
)
_OWN_NAMES = "show first, under “Your own names”, that the words are yours"

WORDS: dict[str, str] = {
    breaches.MAIL_ADVICE["found"][0]: "Change the password at each of these places, and wherever "
    "you used the same one. You can look here whether a password leaked.",
    breaches.MAIL_ADVICE["always"][1]: "Programs on an infected device can take passwords too. "
    "Have I Been Pwned knows some of these lists, but they are not asked for here.",
    capture.PROBLEMS[
        "not-stamped"
    ]: "An authority gave no time stamp. It can be asked again later.",
    capture.PROBLEMS["out-of-time"]: "The time was up before all was done. What came before is "
    "kept.",
    clock.NO_UNTIL: "nobody said until when; write a day",
    clock.NOT_STARTED["authority-notice"]: "It starts when the authority tells the platform to "
    "remove it. When you hear of that, note it here.",
    clock.NOT_STARTED["court-order"]: "It starts with the order of a court. When there is one, "
    "note it here.",
    enrolling.SHOWN["has-number"]: "Their number is kept.",
    enrolling.THEN["none"]: "Then note it here, so that you are reminded.",
    enrolling.THEN["begun"]: "When it is done, note it here, with their number if they gave you "
    "one. A PIN or a password stays on your paper.",
    enrolling.THEN["done"]: "After you looked how it stands, note it here.",
    enrolling.THEN["refused"]: "If you asked again, note it here.",
    enrolling.THEN["ended"]: "If you sign up anew, note it here.",
    enrolling.STEPS["meta-matching"][0]: "Keep proof in a case first, because it is to be removed.",
    handing.SENDERS["not-compared"]: "This was sealed with the key you have for {name}. You did "
    "not compare the words yet, so it could be somebody else. Compare them, under the people you "
    "know.",
    names.HOW["export"][1]: "Then hand it in here.",
    names.HOW["mail"][3]: "Then hand it in here.",
    names.HOW["profile"][3]: "Then have the program look there.",
    names.LISTED["not-yet"]: "Not shown to be yours yet, so it is not looked for.",
    names.NOT_SHOWN["code-first"][1]: "get a new code on this page",
    names.NOT_SHOWN["needs-login"][1]: "ask {site} for a copy of your data, and hand it in here",
    names.NOT_SHOWN["other-way"][1]: "show an address by a mail, and a handle by its profile or "
    "by a copy of your data",
    names.SEARCHES["engine"][1]: f"{_OWN_NAMES}. Then search with your own SearXNG, or with a key",
    names.SEARCHES["words"][1]: f"type the address of the site without the search. Or {_OWN_NAMES}",
    names.WAITS["name-first"]: "names are many people's. First show a handle or a mail address of "
    "yours.",
    names.WAITS["newer-proof"]: "the days have passed by the clock of this computer. Show one of "
    "your handles or addresses once more, so that a site agrees.",
    names.WRONG["at-of-handles"]: "only a handle has a site.",
    names.WRONG["no-site"]: "say at which site it is. For a server such as Mastodon, type all of "
    "it: @name@server.",
    next_steps.HASHING["stopncii.begun"][0]: "Come back and note the case number here. The PIN "
    "stays on your paper.",
    next_steps.HASHING["stopncii.done"][1]: "After you looked how it stands, note it here.",
    notices.ALSO["au-esafety"]: "You can write to eSafety too. No need to wait for an answer here.",
    notices.ALSO["ca-bc"]: "A tribunal in British Columbia can order it to be removed too.",
    notices.LACKS["no-work"]: "It does not say which work is yours.",
    notices.LACKS["no-ground-australia"]: "It does not say what it has to do with Australia: you "
    "live there, or the person who posted it, or it is hosted there.",
    proof.FINDINGS["chain-waiting"]: "OpenTimestamps was asked to note it in Bitcoin's block "
    "chain. No block is named yet. It can be asked for again in a day.",
    proof.FINDINGS["no-stamps"]: "Nobody else vouches for a time. Whoever has this file could "
    "have made it anew.",
    proof.FINDINGS["stamp-incomplete"]: "{authority} says that it was there at {at}. The "
    "certificates that lead from it to a root are not all here.",
    proof.FINDINGS["stamp-of-unknown"]: "{authority} says that it was there at {at}. Its chain is "
    "complete, but its root is not one we know: {detail}.",
    questions.QUESTIONS["capture-full"]: "This keeps the pictures of the page, too. They are "
    "sealed in your vault, and nobody else gets them. For most reports, the page with its "
    "pictures covered is enough.",
    questions.QUESTIONS["covering-undoable"]: "What is only coarse or blurred can often be made "
    "out again. Choose plain boxes, which nobody can undo.",
    questions.QUESTIONS["hand-out"]: "The file is not sealed: whoever has it can read it. If the "
    "proof holds pictures, they are in it.",
    questions.QUESTIONS["send-code"]: "The code: {code}. Tell it to the other person by voice. "
    "They type it into their program; the wormhole program takes it too. This waits ten minutes.",
    questions.QUESTIONS["words-later"]: "You did not type two words back yet. You can do that in "
    "your vault.",
    safety.DEVICE[3]: "The vault can lie on a stick. When you leave, press Leave.",
    safety.THREATS[3]: "Note names, accounts, numbers, how they wanted the money, and when. Keep "
    "files in a case.",
    safety.THREATS[5]: "If you were under 18 in the pictures: open a case, and say yes there.",
    scheduling.ADVICE["yes"][0]: f"If one of them is not to know: {_LOOK_BY_HAND}",
    scheduling.ADVICE["unsure"][0]: "If you are not sure, take it that somebody does. "
    f"{_LOOK_BY_HAND}",
    watching.WHERE: "say where you live, or which case it belongs to.",
}
# Of actions: their sentences lie with them, on a floor above this one.
SENDS: dict[str, str] = {
    "That site, and where its page loads from. The number: to time-stamp authorities, unless you "
    "add --no-stamp.": "That site, and where its page loads from. The number: to time-stamp "
    "authorities, unless you ask for no stamp.",
    "No: what they noted stays with them. To send nothing, add --no-stamp.": "No: what they noted "
    "stays with them. To send nothing, ask for no stamp.",
    "The name of the site in {site}, and its address in numbers. One short request for its front "
    "page, without any picture (not with --without-site).": "The name of the site in {site}, and "
    "its address in numbers. Besides, one short request for its front page, without any picture.",
    "Time-stamp authorities; with --calendar, calendars of OpenTimestamps too": "Those who "
    "stamp the time. If you chose it, calendars of OpenTimestamps too.",
    "Yes: stillmine keep backup prune erases old files there, and you can erase the rest.": "Yes: "
    "you can erase what lies there.",
    "Both servers: your address on the internet, when, and how large it is; not what is in it. "
    "With --direct, the other person's computer learns your address too.": "Both servers: your "
    "address on the internet, when, and how large it is; not what is in it. Where you chose the "
    "straight way, the other person's computer learns your address too.",
    "It ends with: stillmine watch alert remove. What was sent stays with them.": "You can take "
    "this way out at any time. What was sent stays with them.",
    "The services that you added. To see them: stillmine watch alert list.": "The ways to be told "
    "that you added.",
    "The sites of your places, and the sites that their pictures come from. To see which: "
    "stillmine watch place list.": "The sites of your places, and the sites that their pictures "
    "come from.",
    "From now on, at the times you choose: questions to the places that you named. With --also "
    "act.recheck a short request for each page of your cases. With --also keep.backup.run or "
    "keep.backup.verify what a backup sends.": "From now on, at the times you chose: questions to "
    "the places that you named. And what you chose besides.",
    "The sites of those places, and where they lead on to. With --also: the sites of your cases, "
    "or your backup places.": "The sites of those places, and where they lead on to. If you chose "
    "it, also the sites of your cases, or your backup places.",
    "It ends with: stillmine watch schedule off. What was asked by then stays asked.": "You can "
    "switch it off at any time. What was asked by then stays asked.",
}

INSTEAD: dict[str, str] = {**WORDS, **SENDS}
"""By the sentence that is said elsewhere."""
