"""What is said about the web, and about who runs a site."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ERRORS: dict[str, tuple[str, str]] = {
    "network.address-refused": (
        "{host} leads to this computer or into a private network, so it was not asked.",
        "Look at the address once more: a page on the web does not lead there.",
    ),
    "network.cannot-reach": (
        "{host} did not answer, or not in time.",
        "Check the address and the network, and try again later. The site may be gone.",
    ),
    "network.not-a-web-address": (
        "This is no address of the web.",
        "Copy the whole address from the browser. It begins with https:// or http://.",
    ),
    "network.proxy-trouble": (
        "The way out that you chose, {proxy}, could not be used. Nothing was sent around it.",
        "Check that Tor or the proxy is running, and run it again.",
    ),
    "network.asked-too-often": (
        "{host} asks to be left alone for {seconds} seconds.",
        "Wait that long, and run it again.",
    ),
    "act.not-in-registry": (
        "{host} has no entry for {name}.",
        "Check how the name is written. It may have run out, or belong to another registry.",
    ),
    "act.address-hidden": (
        "You go out by {proxy}, so the address behind the name was not looked up.",
        "This keeps you safer. The registrar can still be asked.",
    ),
    "act.no-registry-server": (
        "The registry of {domain} answers no such questions from a program.",
        "Its own page may: {page}",
    ),
}
DOING: dict[str, str] = {}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {}
