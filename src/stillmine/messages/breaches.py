"""What is said about leaks: whether a password or an address is among them, and what then."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "watch.address-not-proven": (
        "The program asks only about addresses that you showed to be yours, and that was not "
        "shown yet for: {address}.",
        "How to show it: stillmine watch name add {address} --kind mail.",
    ),
    "watch.breach-key-refused": (
        "Have I Been Pwned does not take this key. It has 32 signs, from 0 to 9 and a to f.",
        "Look at it, and try once more: you are asked for it again. Keys are given at "
        "haveibeenpwned.com/API/Key.",
    ),
    "watch.breach-wait": (
        "Have I Been Pwned answers only so many questions a minute with one key, and asks us to "
        "wait for {seconds} seconds.",
        "Wait for that time, then run it again.",
    ),
    "watch.not-a-leak-set": (
        "This is not the set of leaked passwords in the order of their sums, or a part of it is "
        "missing: {file}",
        "Download it anew with the program of Have I Been Pwned, haveibeenpwned-downloader. Or "
        "leave out --set to ask online.",
    ),
}
DOING: dict[str, str] = {
    "watch.asking-about-leaks": "Asking what is known to have leaked",
}
QUESTIONS: dict[str, str] = {
    "checked-password": "The password to look for, which is kept nowhere: ",
    "breach-key": "Your own key for Have I Been Pwned: ",
}
SECRETS: dict[str, str] = {
    "checked-password": "the password to look for",
    "breach-key": "your own key for Have I Been Pwned",
}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "watch.breach.password": (
        Counted(
            "times",
            "This password was seen once in what leaked. Whoever tries to get in may know it.",
            "This password was seen {times} times in what leaked. Whoever tries to get in may "
            "know it.",
            none="This password is not among those that are known to have leaked. That is no "
            "proof that nobody knows it.",
        ),
    ),
    "watch.breach.mail": (
        Counted(
            "breaches",
            "{address} is in {breaches} leak that is known.",
            "{address} is in {breaches} leaks that are known.",
            none="{address} is in no leak that is known and may be told. That is no proof that "
            "nothing leaked.",
        ),
        Counted("key_kept", "Your key lies sealed in the vault.", ""),
    ),
}
# What to do next, after a password was looked for.
PASSWORD_ADVICE: dict[str, tuple[str, ...]] = {
    "found": (
        "Change it wherever you use it, first for your mail: with the mail, everything else can "
        "be taken over. If you think that somebody watches your device, do it on another one.",
        "Take a new one for each place, made by a password manager. Turn on a second step.",
        "It does not mean that it was your account that leaked: others may use the same password.",
    ),
    "not-found": ("If somebody may know it, such as an ex-partner, change it all the same.",),
}
# What to do next, after an address was looked for.
MAIL_ADVICE: dict[str, tuple[str, ...]] = {
    "found": (
        "Change the password at each of these places, and wherever you used the same one. To look "
        "whether a password leaked: stillmine watch breach password.",
    ),
    "not-found": (),
    "always": (
        "Leaks of some kinds, such as those of dating sites, are told only to the address itself: "
        "type it at haveibeenpwned.com, under Notify Me, and you get a mail.",
        "Programs on an infected device can take passwords too. Have I Been Pwned knows some of "
        "these lists, but this command does not ask for them.",
    ),
}
# What a list says about a leak.
BREACH: dict[str, str] = {
    "leaked": "What leaked: {leaked}",
    "unsure": "Nobody could see for sure that this leak is real.",
    "stealer": "Programs on infected devices took this. The device may be yours: have it checked "
    "before you change passwords on it.",
    "spam": "This is a list of addresses for unwanted mail.",
}
