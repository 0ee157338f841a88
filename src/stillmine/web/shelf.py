"""Files that came with a form or are ready to be saved: in memory, until it is locked."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stillmine.app.delivering import Delivery
from stillmine.app.sources.handed import HandedFile
from stillmine.web.reading import MOST_UPLOAD


@dataclass(frozen=True, slots=True)
class Held:
    """Files under a name that says nothing: the first `count` came with a form.

    What an action makes of them is put beside them with the delivery.
    """

    name: str
    delivery: Delivery
    count: int

    @property
    def given(self) -> list[HandedFile]:
        """The files that came with a form."""
        return self.delivery.files[: self.count]

    @property
    def made(self) -> list[tuple[int, HandedFile]]:
        """The files that were made since, each with its number."""
        return [*enumerate(self.delivery.files)][self.count :]

    @contextmanager
    def handed(self) -> Iterator[tuple[HandedFile, ...]]:
        """Give what came with a form to an action, each file with a place of its own."""
        handed = tuple(each.again() for each in self.given)
        try:
            yield handed
        finally:
            for each in handed:
                each.content.close()


class Shelf:
    """Files by names that say nothing. Where they get too much, the oldest make way."""

    def __init__(self, most: int = MOST_UPLOAD) -> None:
        """Hold nothing yet; `most` bytes may be given, and as many made of what was given last."""
        self._most = most
        self._all: dict[str, Held] = {}
        self._lock = threading.Lock()

    def hold(self, files: Iterable[HandedFile] = ()) -> Held:
        """Put files up."""
        given = [*files]
        size = sum(each.size for each in given)
        delivery = Delivery(size + self._most, given)
        held = Held(secrets.token_hex(8), delivery, len(given))
        with self._lock:
            left = self._most - size
            for old in reversed([*self._all.values()]):
                left -= sum(each.size for each in old.delivery.files)
                if left < 0:
                    self._all.pop(old.name).delivery.close()
            self._all[held.name] = held
        return held

    def find(self, name: str) -> Held | None:
        """Return what was put up under a name, or None where that is gone."""
        return self._all.get(name)

    def drop(self, name: str) -> None:
        """Give the memory of files back."""
        with self._lock:
            held = self._all.pop(name, None)
        if held is not None:
            held.delivery.close()

    def clear(self) -> None:
        """Give the memory of all files back."""
        for name in [*self._all]:
            self.drop(name)
