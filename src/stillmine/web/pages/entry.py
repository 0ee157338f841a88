"""The first page with its two speeds, and what there is for whoever looks around."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.journeys.known import FIRST_HOUR, HELPING, JOURNEYS
from stillmine.messages.pages_backups import RESTORE
from stillmine.messages.pages_cases import CASES
from stillmine.messages.pages_entry import ENTRY, ROOMS
from stillmine.messages.pages_helping import BEFORE
from stillmine.messages.pages_inspecting import ROOM as INSPECTING
from stillmine.messages.pages_journeys import ABOUT, JOURNEY, NAMES
from stillmine.messages.pages_letters import LAW
from stillmine.messages.pages_papers import CHECKING, PROOF
from stillmine.messages.pages_sharing import ROOM as SHARING
from stillmine.messages.pages_watching import ROOM, ROOM_ABOUT
from stillmine.web.journeying import address_of, begun, number_of
from stillmine.web.pages.watch_doors import doors
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page
from stillmine.web.visit import Visit


def entry(visit: Visit) -> Response:
    """Ask one thing: is it happening now, or is there time to look around."""
    now = address("journey", way=number_of(FIRST_HOUR))
    facts: dict[str, Any] = {"now": now, "begun": _begun(visit), "have": RESTORE["door"]}
    facts["helping"] = (address("journey", way=number_of(HELPING)), BEFORE["door"])
    return page(visit, "entry.html", words=ENTRY, journey=JOURNEY, **facts)


def rooms(visit: Visit) -> Response:
    """Show what there is, with a sentence each. What is not built has no door."""
    from stillmine.web.pages.journeys import has_pages  # all journeys: the first page goes before

    vault = "vault" if visit.door.has_vault() else "make"
    choices = [(address(vault), ROOMS["vault"], ROOMS["vault_about"])]
    if not visit.door.has_vault():
        choices.append((address("restore"), RESTORE["door"], RESTORE["door_about"]))
    choices += [
        (address("journey", way=number_of(journey)), NAMES[name], ABOUT[name])
        for name, journey in JOURNEYS.items()
        if has_pages(journey)
    ]
    if visit.door.has_vault():
        choices.append((address("known"), SHARING["name"], SHARING["about"]))
    if visit.door.has_vault():
        choices.append((address("found"), ROOM, ROOM_ABOUT))
    if visit.door.has_vault():
        choices.append((address("cases"), CASES["title"], CASES["about"]))
    choices += [(address(to), name, about) for to, name, about in _of_files(visit)]
    choices.append((address("law"), LAW["title"], LAW["about"]))
    choices.append((address("proof.check"), PROOF["name"], PROOF["about"]))
    choices.append((address("letter.check"), CHECKING["name"], CHECKING["about"]))
    choices.append((address("people"), ROOMS["people"], ROOMS["people_about"]))
    choices.append((address("settings"), ROOMS["settings"], ROOMS["settings_about"]))
    facts: dict[str, Any] = {
        "choices": choices,
        "doors": doors(vault=visit.door.has_vault()),
        "begun": _begun(visit),
    }
    return page(visit, "rooms.html", words=ROOMS, journey=JOURNEY, **facts)


def _of_files(visit: Visit) -> list[tuple[str, str, str]]:
    """Return what can be done with a file that is at hand; whose copy it was, a vault knows."""
    found = [("inside", "inside"), ("sealed", "open"), ("receive", "pass")]
    if visit.door.has_vault():
        found.append(("whose", "whose"))
    return [(to, INSPECTING[key], INSPECTING[f"{key}_about"]) for to, key in found]


def _begun(visit: Visit) -> list[tuple[str, str]]:
    """Return the journeys that somebody may go on with: the address, and what it is called."""
    ways = [(JOURNEYS[each.journey], each.at) for each in begun(visit.door)]
    if not ways:
        return []
    from stillmine.web.pages.journeys import has_pages  # all journeys: most often there is none

    return [(address_of(way, at), NAMES[way.name]) for way, at in ways if has_pages(way)]


ROUTES = (
    Page("entry", entry, Needs.NOTHING),
    Page("rooms", rooms, Needs.NOTHING),
)
