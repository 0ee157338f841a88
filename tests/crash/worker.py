"""A worker process: reads orders from its input, one JSON object a line, and answers each."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .cases import Loss, Rooms
from .trace import Step

Order = dict[str, Any]


def answers(rooms: Rooms, order: Order) -> Iterator[list[Loss]]:
    """Yield the losses of each case that `order` asks for."""
    name, bug = order["scenario"], order["bug"]
    if order["do"] == "states":
        yield from rooms.states(name, bug, order["count"], order["seed"])
    for number, (at, kind) in enumerate(order.get("cases", ())):
        if order["do"] == "kills":
            yield rooms.kill(name, bug, at, kind, random.Random(f"{order['seed']}:{number}"))
        else:
            yield rooms.error(name, bug, at, kind)


def measure(rooms: Rooms, order: Order) -> dict[str, Any]:
    """Say how many steps a scenario has, and of which kinds they are."""
    prepared = rooms.prepared(order["scenario"], order["bug"])
    steps: dict[int, Step] = prepared.trace.numbered()
    return {
        "scenario": prepared.scenario.name,
        "weight": prepared.scenario.weight,
        "steps": prepared.trace.count,
        "kinds": [steps[n].op if n in steps else "" for n in range(1, prepared.trace.count + 1)],
    }


def obey(rooms: Rooms, order: Order) -> dict[str, Any]:
    """Carry out one order; stop early at its deadline or after enough losses."""
    if order["do"] == "measure":
        return measure(rooms, order)
    done, losses = 0, list[Loss]()
    for found in answers(rooms, order):
        done += 1
        losses.extend(found)
        if order["stop_after"] and len(losses) >= order["stop_after"]:
            break
        if time.time() > order["deadline"]:
            break
    return {"done": done, "losses": [asdict(loss) for loss in losses]}


def main() -> None:
    """Serve until the input ends. Answers go to the original output; all else to the errors."""
    module, room = sys.argv[1:]
    out = sys.stdout
    sys.stdout = sys.stderr
    rooms = Rooms(module, Path(room))
    for line in sys.stdin:
        try:
            answer = obey(rooms, json.loads(line))
        except Exception as problem:  # noqa: BLE001 - the parent raises it again
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
