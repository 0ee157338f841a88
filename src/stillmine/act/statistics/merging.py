"""Join the figures that many people gave, for whoever shows how long platforms really take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.act.statistics.cells import FEWEST, Cell, cells_of, plain
from stillmine.act.statistics.export_file import read, same_twice
from stillmine.act.statistics.plot import plot
from stillmine.act.statistics.rows import Row
from stillmine.app import delivering
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.sources.handed import HandedFile
from stillmine.errors import WrongUsage

FORMAT = "stillmine-removal-times-1"


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """The files of many people, and where the joined figures go."""

    files: tuple[Path, ...] = given("The files that people gave.", positional=True)
    plot: Path | None = given("A file for the picture of the curves (.svg).", default=None)
    table: Path | None = given("A file for the joined figures (.json).", default=None)
    at_least: int = given("How many cases a figure needs: five or more.", default=FEWEST)


@dataclass(frozen=True, slots=True)
class MergeAnswer(Answer):
    """What can be shown, how many figures are held back, and where they were written to."""

    exports: int
    cells: tuple[Cell, ...]
    held_back: int
    plot: Path | None
    table: Path | None

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where no figure has enough cases."""
        return Outcome.DONE if self.cells else Outcome.NOTHING_FOUND


@action("act.statistics.merge")
def merge(context: Context, request: MergeRequest) -> MergeAnswer:
    """Join files of figures: how long removal takes, by platform and way. Needs no vault."""
    _check(context, request)
    files: Sequence[Path | HandedFile] = (*request.files, *context.handed)
    rows = _rows(context, files)
    cells, held_back = cells_of(rows, request.at_least)
    if request.table is not None:
        whole = {
            "format": FORMAT,
            "exports": len(files),
            "fewest": max(FEWEST, request.at_least),
            "held_back": held_back,
            "cells": list(plain(cells)),
        }
        table = json.dumps(whole, indent=1).encode("ascii") + b"\n"
        delivering.give(request.table, [table], context)
    if request.plot is not None:
        delivering.give(request.plot, [plot(cells).encode("utf-8")], context)
    return MergeAnswer(len(files), cells, held_back, request.plot, request.table)


def _check(context: Context, request: MergeRequest) -> None:
    if request.at_least < FEWEST:
        raise WrongUsage(problem=f"--at-least takes {FEWEST} or more.")
    for file, ending in ((request.plot, ".svg"), (request.table, ".json")):
        if file is not None and file.suffix.lower() != ending:
            raise WrongUsage(problem=f"{file.name} does not end in {ending}.")
        if file is not None:
            delivering.require_folder(file.parent, context)


def _rows(context: Context, files: Sequence[Path | HandedFile]) -> list[Row]:
    context.job.begin("statistics.joining", len(files), "")
    numbers: set[str] = set()
    rows: list[Row] = []
    for file in files:
        number, found = read(file)
        if number in numbers:
            raise same_twice(file)
        numbers.add(number)
        rows.extend(found)
        context.job.advance()
    return rows
