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
        "This keeps you safer. Ask the registrar, where one is named.",
    ),
    "act.no-registry-server": (
        "The registry of {domain} answers no such questions from a program.",
        "Its own page is {page}. Look there.",
    ),
}
DOING: dict[str, str] = {
    "act.looking-up-host": "Looking up who runs the site",
}
QUESTIONS: dict[str, str] = {}
ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "act.host": (
        Counted(
            "platform",
            "This is a platform that takes reports itself: begin there. Below is how.",
            "",
        ),
        Counted(
            "whom_to_ask",
            "There is {whom_to_ask} place to ask about {site}.",
            "There are {whom_to_ask} places to ask about {site}, the best one first.",
            none="Nobody could be found whom to ask about {site}.",
        ),
        Counted(
            "in_front",
            "A service stands before the site and hides its host. It is not the host.",
            "Services stand before the site and hide its host. They are not the host.",
        ),
        Counted(
            "skipped",
            "{skipped} question has no answer. Below is why.",
            "{skipped} questions have no answer. Below is why.",
        ),
    ),
}
DOMAIN = "The name {domain} was registered here: {registrar}"
REGISTERED = "Registered on {day}."
NETWORK = "{address} is in this network: {holder}"
NOTED = "Its holder notes: {note}"
COUNTRY = "The registry notes this country: {country}."
FRONT = "{name} stands before it. This shows: {by}"
SAID_BY = "From {source}"
NO_WAY = "the registry names no way to write to them"
NOT_CONFIRMED = (
    "Nobody confirmed this address. It is only the usual one, and whoever runs the site reads it. "
    "Do not write to it if that could be the person who put the picture there."
)
WHAT_TO_ASK: dict[str, str] = {
    "front": "They pass the page on and do not keep it. Ask them who the host is, and to pass "
    "your report on without your name.",
    "host": "The page lies on their computers. They can take it down, or switch the site off.",
    "registrar": "They keep the name of the site, not the page. Ask them when the host does "
    "nothing. They can take the name away.",
    "site": "This is the site itself.",
}
