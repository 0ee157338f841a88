"""One look, in a process of its own: python -m bench.watch.looker ORDER ANSWER FINDINGS.

It is what the system's timer starts while the vault is locked: it has the watch key and nothing
else. Each line that it opens is noted; findings are written down as they are handed over, so that a
killed look leaves what it had told.
"""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network import Permit
from stillmine.app.network.web import DIRECT, Fetched, Way, fetch
from stillmine.app.storage.fingerprints_reading import read_fingerprints
from stillmine.app.storage.looks import Looks
from stillmine.imaging import Decoder
from stillmine.watch.looking.bounds import Bounds
from stillmine.watch.looking.engine import look
from stillmine.watch.looking.finding import Finding, written
from stillmine.watch.own import own_of
from tests.servers.leak_web.clock import Clock

WORKERS = 1
_INSIDE = "10.0.0.1"
_RESOLVED_HERE = 3  # how often the name that changes its mind leads here


@dataclass(frozen=True, slots=True)
class Order:
    """What to look at, with which key, by which clock, where the web of leaks listens."""

    home: str
    key: str
    epoch: int
    clock: tuple[float, float, float]
    port: int
    proxied: tuple[str, ...]
    bounds: dict[str, float]


class Names:
    """Leads every name to this computer; what is rebound leads elsewhere after a while."""

    def __init__(self) -> None:
        """Begin with nobody having asked."""
        self.asked: Counter[str] = Counter()

    def __call__(self, host: str) -> tuple[tuple[str, ...], str]:
        """Return where a name leads."""
        self.asked[host] += 1
        rebound = host.startswith("rebinding") and self.asked[host] > _RESOLVED_HERE
        inside = rebound or host in {"inside.leak.test", "printer.local"}
        return (_INSIDE if inside else "127.0.0.1",), host


@dataclass(slots=True)
class LeakAsker:
    """Asks as the program does, but for who says where a name leads.

    Hosts whose addresses are fixed are reached by the proxy that the web of leaks is as well.
    """

    order: Order
    names: Names

    def __call__(
        self,
        url: str,
        headers: tuple[tuple[str, str], ...],
        *,
        limit: int,
        seconds: float,
        at_home: bool,
    ) -> Fetched:
        """Return the answer."""
        fixed = any(url.startswith(f"https://{host}/") for host in self.order.proxied)
        return fetch(
            Permit.for_page("watch.look", url),
            url,
            headers=headers,
            limit=limit,
            seconds=seconds,
            redirects=0,
            at_home=at_home,
            way=Way("http", "127.0.0.1", self.order.port) if fixed else DIRECT,
            names=self.names,
        )


def noting_lines() -> Counter[str]:
    """Have every line that is opened from here on noted, by where it leads."""
    called: Counter[str] = Counter()

    class NotedSocket(socket.socket):
        def connect(self, address: Any) -> None:
            if isinstance(address, tuple):
                called[f"{address[0]}:{address[1]}"] += 1
            super().connect(address)

    socket.socket = NotedSocket  # type: ignore[misc]  # so that nothing gets around it
    return called


def main(order_at: str, answer_at: str, findings_at: str) -> None:
    """Look once, and write down what came of it."""
    plain = json.loads(Path(order_at).read_bytes())
    order = Order(**plain)
    called, names = noting_lines(), Names()
    with Path(findings_at).open("a", encoding="utf-8") as out:

        def hand_over(finding: Finding) -> None:
            out.write(written(finding) + "\n")
            out.flush()

        answer = _looked(order, LeakAsker(order, names), hand_over)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    answer |= {
        "called": called,
        "names": names.asked,
        "memory": _peak() or usage[0].ru_maxrss / 1024,
        "memory_of_a_child": usage[1].ru_maxrss / 1024,
    }
    Path(answer_at).write_text(json.dumps(answer, default=str), encoding="utf-8")


def _looked(order: Order, asker: LeakAsker, hand_over: Callable[[Finding], None]) -> dict[str, Any]:
    home, key, job = Home(Path(order.home)), bytes.fromhex(order.key), Job()
    known = {each.name for each in fields(Bounds)}
    bounds = Bounds(**{name: value for name, value in order.bounds.items() if name in known})
    wall = time.monotonic()
    with contextlib.closing(Looks(home, key, order.epoch)) as looks:
        own = own_of(read_fingerprints(home, key, order.epoch), looks.own(), job)
        began = _cpu()
        with Decoder(workers=WORKERS) as decoder:
            looked = look(
                looks,
                own,
                decoder,
                job,
                bounds=bounds,
                pulse=Clock(*order.clock),
                ask=asker,
                hand_over=hand_over,
            )
        spent = _cpu() - began
    return {"looked": asdict(looked), "cpu": spent, "wall": time.monotonic() - wall}


def _peak() -> float:
    """Return the most memory of this process in MB; what `getrusage` says counts our parent's."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _cpu() -> float:
    """Return the CPU seconds of this process and of its children that ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
