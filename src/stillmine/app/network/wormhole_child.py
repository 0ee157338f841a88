"""The process that sends or takes one file with a spoken code: magic-wormhole, and nothing of ours.

A process of its own, because the library's engine runs once in a process and is stopped by ending
it. It is told what to do in one line of JSON on standard input, which the file's bytes follow, and
tells what happens on standard output: lines of JSON, `{"event": "data", "length": N}` followed by N
bytes. Protocol: https://magic-wormhole.readthedocs.io (file-transfer-protocol, transit).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Generator
from typing import Any

from twisted.internet import reactor, task
from twisted.internet.defer import Deferred, inlineCallbacks
from twisted.protocols.basic import FileSender
from wormhole import create
from wormhole.errors import ServerConnectionError, WormholeError, WrongPasswordError
from wormhole.transit import TransitReceiver, TransitSender

from stillmine.app.process import take_plain_name

_APP = "lothar.com/wormhole/text-or-file-xfer"  # of the `wormhole` program, which can be the other
_LONGEST_ORDERS = 1 << 16
_LONGEST_ACK = 1 << 12

Orders = dict[str, Any]
Steps = Generator[Deferred[Any], Any, None]


class Refused(Exception):
    """The other side did not keep to the protocol, or said no."""


def say(event: str, **facts: object) -> None:
    """Tell the program that started this what happened."""
    sys.stdout.buffer.write(json.dumps({"event": event, **facts}).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


class _Told:
    """A file whose bytes are handed to the program that started this."""

    def write(self, data: bytes) -> None:
        """Hand them on."""
        sys.stdout.buffer.write(
            json.dumps({"event": "data", "length": len(data)}).encode("ascii") + b"\n" + data
        )
        sys.stdout.buffer.flush()


def _message(wormhole: Any, facts: dict[str, Any]) -> None:
    wormhole.send_message(json.dumps(facts).encode("utf-8"))


def _heard(data: bytes) -> dict[str, Any]:
    facts = json.loads(data)
    if not isinstance(facts, dict):
        raise Refused
    if "error" in facts:
        raise Refused
    return facts


def _allowed(hints: object, *, direct: bool) -> list[dict[str, Any]]:
    """Return the places where the other side may be met: none but the agreed relay, or themselves.

    A hint can name any address. Those of relays are dropped: ours is the one that was agreed to.
    """
    if not direct or not isinstance(hints, list):
        return []
    return [
        hint for hint in hints if isinstance(hint, dict) and hint.get("type") == "direct-tcp-v1"
    ]


def _transit(kind: Any, wormhole: Any, orders: Orders) -> Any:
    way = kind(orders["relay"], no_listen=not orders["direct"], reactor=reactor)
    way.set_transit_key(wormhole.derive_key(f"{_APP}/transit-key", way.TRANSIT_KEY_LENGTH))
    return way


@inlineCallbacks
def _tell_hints(way: Any, wormhole: Any) -> Steps:
    hints = yield way.get_connection_hints()
    facts = {"abilities-v1": way.get_connection_abilities(), "hints-v1": hints}
    _message(wormhole, {"transit": facts})


@inlineCallbacks
def _send(wormhole: Any, orders: Orders) -> Steps:
    wormhole.allocate_code(orders["words"])
    code = yield wormhole.get_code()
    say("code", code=code)
    yield wormhole.get_verifier()
    say("met")
    way = _transit(TransitSender, wormhole, orders)
    yield _tell_hints(way, wormhole)
    offer = {"filename": orders["name"], "filesize": orders["size"]}
    _message(wormhole, {"offer": {"file": offer}})
    answer = None
    while answer is None:
        facts = _heard((yield wormhole.get_message()))
        way.add_connection_hints(_allowed(facts.get("transit", {}).get("hints-v1"), **_way(orders)))
        answer = facts.get("answer")
    if answer.get("file_ack") != "ok":
        raise Refused
    yield _hand_over(way)


@inlineCallbacks
def _hand_over(way: Any) -> Steps:
    pipe = yield way.connect()
    total = hashlib.sha256()

    def counted(data: bytes) -> bytes:
        total.update(data)
        say("sent", length=len(data))
        return data

    sender: Any = FileSender()
    yield sender.beginFileTransfer(sys.stdin.buffer, pipe, transform=counted)
    ack = json.loads((yield pipe.receive_record())[:_LONGEST_ACK])
    pipe.close()
    if ack.get("ack") != "ok" or ack.get("sha256", total.hexdigest()) != total.hexdigest():
        raise Refused


@inlineCallbacks
def _take(wormhole: Any, orders: Orders) -> Steps:
    wormhole.set_code(orders["code"])
    yield wormhole.get_verifier()
    say("met")
    way, offer = None, None
    while offer is None or way is None:
        facts = _heard((yield wormhole.get_message()))
        if "transit" in facts and way is None:
            way = _transit(TransitReceiver, wormhole, orders)
            way.add_connection_hints(_allowed(facts["transit"].get("hints-v1"), **_way(orders)))
            yield _tell_hints(way, wormhole)
        offer = facts.get("offer", offer)
    size = offer["file"]["filesize"]
    if type(size) is not int or not 0 <= size <= orders["most"]:
        _message(wormhole, {"error": "not wanted"})
        raise Refused
    say("offer", length=size)
    _message(wormhole, {"answer": {"file_ack": "ok"}})
    pipe = yield way.connect()
    total = hashlib.sha256()
    received = yield pipe.writeToFile(_Told(), size, None, total.update)
    if received != size:
        raise Refused
    yield pipe.send_record(json.dumps({"ack": "ok", "sha256": total.hexdigest()}).encode("ascii"))
    yield pipe.close()


def _way(orders: Orders) -> dict[str, bool]:
    return {"direct": bool(orders["direct"])}


@inlineCallbacks
def _main(_reactor: Any, orders: Orders) -> Steps:
    wormhole = create(_APP, orders["mailbox"], reactor)
    try:
        yield (_send if orders["role"] == "send" else _take)(wormhole, orders)
    except Exception as problem:  # noqa: BLE001  whatever it is, one word of ours goes back
        with contextlib.suppress(Exception):
            yield wormhole.close()  # so that the server lets go of the code
        say("failed", why=_why(problem))
        return
    yield wormhole.close()
    say("done")


def _why(problem: BaseException) -> str:
    if isinstance(problem, WrongPasswordError):
        return "code"
    if isinstance(problem, ServerConnectionError):
        return "server"
    if isinstance(problem, (Refused, KeyError, TypeError, ValueError, AttributeError)):
        return "strange"
    return "closed" if isinstance(problem, WormholeError) else "broken"


if __name__ == "__main__":
    take_plain_name()
    task.react(_main, [json.loads(sys.stdin.buffer.readline(_LONGEST_ORDERS))])
