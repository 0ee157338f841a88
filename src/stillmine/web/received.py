"""What came with a form: its fields, and its files, all of it in memory and none on the disk."""

from __future__ import annotations

from dataclasses import dataclass, field

from stillmine.app.sources.handed import HandedFile


@dataclass(slots=True)
class Received:
    """The fields and the files of one form, in the order in which they came."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[HandedFile]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first value of a field, or nothing."""
        return next(iter(self.fields.get(name, ())), "")

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return tuple(self.fields.get(name, ()))

    def handed(self) -> tuple[HandedFile, ...]:
        """Return all files."""
        return tuple(file for files in self.files.values() for file in files)

    def taken(self) -> Received:
        """Return the files alone, for whoever keeps them longer; here none are left to close."""
        files, self.files = self.files, {}
        return Received(files=files)

    def close(self) -> None:
        """Give the memory of the files back."""
        for file in self.handed():
            file.content.close()
