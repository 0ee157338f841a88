"""The first page with its two speeds, and what there is for whoever looks around."""

from __future__ import annotations

from starlette.responses import Response

from stillmine.messages.pages_entry import ENTRY, ROOMS
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page
from stillmine.web.visit import Visit


def entry(visit: Visit) -> Response:
    """Ask one thing: is it happening now, or is there time to look around."""
    return page(visit, "entry.html", words=ENTRY, now_page="people")


def rooms(visit: Visit) -> Response:
    """Show what there is, with a sentence each. What is not built has no door."""
    vault = "vault" if visit.door.has_vault() else "make"
    choices = [(vault, ROOMS["vault"], ROOMS["vault_about"])]
    choices.append(("people", ROOMS["people"], ROOMS["people_about"]))
    choices.append(("settings", ROOMS["settings"], ROOMS["settings_about"]))
    return page(visit, "rooms.html", words=ROOMS, choices=choices)


ROUTES = (
    Page("entry", entry, Needs.NOTHING),
    Page("rooms", rooms, Needs.NOTHING),
)
