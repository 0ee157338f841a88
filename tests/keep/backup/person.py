"""Somebody with a vault, who does what people do with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.unlocking import unlocked
from stillmine.imaging import drawn
from stillmine.keep import add, export, finding, forget, rekey, setup, ways_in
from stillmine.keep.backup import choosing, drill, prune, restore, run, verify
from tests.servers.places import Place

PHRASE = "quiet harbour lantern"


@dataclass
class Person:
    """A home, what opens it, and all actions on it. With `agreed`, the person says yes."""

    home: Path
    phrase: str = PHRASE
    words: str = ""
    agreed: bool = True
    job: Job = field(default_factory=Job)

    def passphrase(self) -> str:
        return self.phrase

    def device_key(self) -> Path | None:
        return None

    @property
    def context(self) -> Context:
        return Context(self.home, self, self.job, agreed_to_send=self.agreed)

    def sets_up(self) -> Person:
        answer = setup.init(self.context, setup.InitRequest(Secret(self.phrase)))
        self.words = " ".join(answer.words)
        return self

    def keeps(self, *paths: Path, label: str = "", album: str = "") -> list[str]:
        answer = add.add(self.context, add.AddRequest(paths, label, album))
        assert not answer.skipped
        return [each.item for each in answer.added]

    def keeps_text(self, file: Path, text: str = "") -> str:
        """Write a short file and keep it, without looking whether it is a picture."""
        file.write_text(text or file.name)
        with unlocked(self.context, writing=True) as vault:
            request = add.AddRequest((file,), "canary label", "canary album")
            (kept,) = add.keep_files(vault, None, request, [file], self.job).added
        return kept.item

    def forgets(self, *items: str) -> None:
        forget.forget(self.context, forget.ForgetRequest(items))

    def gets_new_keys(self, phrase: str) -> None:
        answer = rekey.rekey(self.context, rekey.RekeyRequest(Secret(self.phrase), Secret(phrase)))
        self.phrase, self.words = phrase, " ".join(answer.words)

    def comes_back_by_words(self, phrase: str) -> None:
        request = ways_in.RecoverRequest(Secret(self.words), Secret(phrase))
        ways_in.recover(self.context, request)
        self.phrase = phrase

    def adds_place(self, place: Place, name: str = "shelf") -> choosing.AddAnswer:
        secret = Secret(place.secret) if place.secret else None
        return choosing.add(self.context, choosing.AddRequest(name, place.url, secret))

    def backs_up(self, *names: str) -> run.RunAnswer:
        return run.run(self.context, run.RunRequest(names))

    def backs_up_to(self, place: Place, name: str = "shelf") -> run.Run:
        """Add a place and make the first backup there."""
        self.adds_place(place, name)
        (made,) = self.backs_up(name).runs
        return made

    def verifies(self, *names: str, sample: int = 0) -> verify.VerifyAnswer:
        return verify.verify(self.context, verify.VerifyRequest(names, sample))

    def verifies_one(self, name: str = "shelf") -> verify.Checked:
        (checked,) = self.verifies(name).places
        return checked

    def practises(self, name: str = "shelf", words: str | None = None) -> drill.DrillAnswer:
        typed = Secret(self.words if words is None else words)
        return drill.drill(self.context, drill.DrillRequest(name, typed))

    def prunes(self, *names: str) -> prune.PruneAnswer:
        return prune.prune(self.context, prune.PruneRequest(names))

    def repairs(self, *names: str) -> restore.RepairAnswer:
        return restore.repair(self.context, restore.RepairRequest(names))

    def places(self) -> tuple[choosing.ShownPlace, ...]:
        return choosing.list_places(self.context, choosing.ListRequest()).places

    def restores(self, place: Place, home: Path) -> tuple[Person, restore.RestoreAnswer]:
        """Bring the vault back from a place into another home."""
        back = Person(home, self.phrase, self.words, self.agreed)
        secret = Secret(place.secret) if place.secret else None
        answer = restore.restore(back.context, restore.RestoreRequest(place.url, secret))
        return back, answer

    def sees(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the label and the albums of each item."""
        shown = finding.list_items(self.context, finding.ListRequest()).items
        return {each.item: (each.label, each.albums) for each in shown}

    def holds(self, folder: Path) -> dict[str, str]:
        """Export everything; return the SHA-256 of each item's bytes."""
        folder.mkdir()
        answer = export.export(self.context, export.ExportRequest((), folder))
        return {each.item: sum_of(each.file) for each in answer.exported}


def inspects(place: Place, nobody: Path) -> verify.InspectAnswer:
    """Look at a place as somebody without any vault or key does."""
    secret = Secret(place.secret) if place.secret else None
    context = Context(nobody, _NoKeys(), agreed_to_send=True)
    return verify.inspect(context, verify.InspectRequest(place.url, 0, secret))


class _NoKeys:
    def passphrase(self) -> str:
        raise AssertionError("a passphrase was asked for")

    def device_key(self) -> Path | None:
        raise AssertionError("a key was asked for")


def pictures(folder: Path, numbers: Iterable[int]) -> list[Path]:
    """Draw ordinary pictures; each number is another one."""
    folder.mkdir(exist_ok=True)
    made = []
    for number in numbers:
        path = folder / f"IMG canary-{number:04d}.jpg"
        path.write_bytes(drawn.draw(number, size=(96, 72)))
        made.append(path)
    return made


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
