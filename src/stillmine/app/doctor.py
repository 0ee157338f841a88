"""Say what this computer has of what the program can use, and how to add the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from stillmine.app import environment
from stillmine.app.actions import Answer, Outcome, action
from stillmine.app.context import Context
from stillmine.errors import StillmineError
from stillmine.imaging import Decoder, DecoderInfo, decoders, recogniser
from stillmine.messages import fill, translate
from stillmine.messages.doctor import ADVICE, MEANINGS, TYPE_THIS

__all__ = ["Check", "DoctorAnswer", "DoctorRequest", "doctor"]

_PACKAGES: dict[str, dict[str, str]] = {
    "browser": {
        "apt": "chromium",
        "dnf": "chromium",
        "pacman": "chromium",
        "zypper": "chromium",
        "apk": "chromium",
        "brew": "--cask chromium",
        "winget": "Google.Chrome",
    },
    "exiftool": {
        "apt": "libimage-exiftool-perl",
        "dnf": "perl-Image-ExifTool",
        "pacman": "perl-image-exiftool",
        "zypper": "exiftool",
        "apk": "exiftool",
        "brew": "exiftool",
        "winget": "OliverBetz.ExifTool",
    },
    "age": {"winget": "FiloSottile.age"},
    "rclone": {"winget": "Rclone.Rclone"},
    "ssh": {"apt": "openssh-client", "dnf": "openssh-clients", "winget": "Microsoft.OpenSSH.Beta"},
    "fonts": {"apt": "fonts-noto", "dnf": "google-noto-fonts-common", "pacman": "noto-fonts"},
}
_INSTALL = {
    "pacman": "sudo pacman -S {package}",
    "apk": "sudo apk add {package}",
    "brew": "brew install {package}",
    "winget": "winget install {package}",
}
_PROGRAMS: dict[str, tuple[str, ...]] = {
    "exiftool": ("exiftool", "-ver"),
    "age": ("age", "--version"),
    "rclone": ("rclone", "version"),
    "ssh": ("ssh", "-V"),
}
_LIBRARIES = {"sealing": "cryptography", "catalogue": "sqlcipher3"}


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """Nothing needs to be said."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the computer; `present` is None where the system does not tell."""

    name: str
    present: bool | None
    version: str
    means: str
    add: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class DoctorAnswer(Answer):
    """What is there and what is missing."""

    checks: tuple[Check, ...]
    missing: int

    @property
    def outcome(self) -> Outcome:
        """Return gaps only where the program cannot work."""
        broken = any(check.essential and not check.present for check in self.checks)
        return Outcome.GAPS if broken else Outcome.DONE


@action("doctor")
def doctor(context: Context, _request: DoctorRequest) -> DoctorAnswer:
    """Say what of the environment is there, what that means, and how to add the rest."""
    looks = [*_libraries(), *_decoders(), *_programs(), *_system(context)]
    context.job.begin("doctor.looking", len(looks), "")
    checks = []
    for look in looks:
        checks.append(look())
        context.job.advance()
    return DoctorAnswer(tuple(checks), sum(check.present is False for check in checks))


_Look = Callable[[], Check]


def _libraries() -> Iterator[_Look]:
    for name, library in _LIBRARIES.items():
        yield partial(_library, name, library)


def _library(name: str, library: str) -> Check:
    add = f"pip install --force-reinstall {library}"
    version = environment.library_version(library)
    return _check(name, version is not None, version=version or "", add=add, essential=True)


def _decoders() -> Iterator[_Look]:
    yield _decoder_limits
    for info in decoders():
        yield partial(_decoder, info)
    yield _recogniser
    yield _papers


def _recogniser() -> Check:
    version = recogniser()
    add = "pip install 'stillmine[recognise]'"
    return _check("recogniser", bool(version), version=version, add=add)


def _papers() -> Check:
    version = environment.library_version("typst")
    add = "pip install 'stillmine[papers]'"
    return _check("papers", version is not None, version=version or "", add=add)


def _decoder(info: DecoderInfo) -> Check:
    extra = f"'stillmine[{info.extra}]'" if info.extra else f"--force-reinstall {info.library}"
    return _check(
        f"decoder-{info.library}",
        info.present,
        meaning="decoder",
        version=info.version,
        add=f"pip install {extra}",
        essential=not info.extra,
        formats=info.formats,
    )


def _decoder_limits() -> Check:
    """Start a limited child and ask it what holds it; without one no file is ever opened."""
    try:
        with Decoder(workers=1) as decoder:
            locks = decoder.protections()
    except StillmineError:
        return _check("decoder-limits", False, essential=True)
    closed = locks.memory and locks.no_file_writes and locks.system_call_filter
    return _check("decoder-limits", closed, version=f"Landlock {locks.landlock_version}")


def _browser_driver() -> Check:
    version = environment.library_version("playwright")
    add = "pip install 'stillmine[capture]'"
    return _check("browser-driver", version is not None, version=version or "", add=add)


def _programs() -> Iterator[_Look]:
    yield lambda: _program("browser", environment.browser_version())
    yield _browser_driver
    for name, command in _PROGRAMS.items():
        yield partial(_answering_program, name, command)


def _answering_program(name: str, command: tuple[str, ...]) -> Check:
    return _program(name, environment.program_version(*command))


def _program(name: str, version: str | None) -> Check:
    return _check(name, version is not None, version=version or "")


def _system(context: Context) -> Iterator[_Look]:
    yield lambda: _check("fonts", environment.has_fonts())
    yield lambda: _check("keyring", environment.has_keyring())
    yield lambda: _check("disk-encryption", environment.disk_is_sealed(context.home))
    yield lambda: _check("swap-sealed", environment.swap_is_sealed())
    yield lambda: _check("crash-files-off", environment.crash_files_off())


def _check(
    name: str,
    present: bool | None,
    *,
    meaning: str = "",
    version: str = "",
    add: str = "",
    essential: bool = False,
    **facts: str,
) -> Check:
    words = MEANINGS[meaning or name]
    text = words.unknown if present is None else words.there if present else words.missing
    return Check(
        name,
        present,
        version,
        fill(translate(text), facts),
        "" if present else _how_to_add(name, add),
        essential,
    )


def _how_to_add(name: str, command: str) -> str:
    if name in ADVICE:
        return translate(ADVICE[name])
    installer = environment.installer()
    if not command and installer is not None and name in _PACKAGES:
        package = _PACKAGES[name].get(installer, name)
        command = fill(
            _INSTALL.get(installer, f"sudo {installer} install {{package}}"), {"package": package}
        )
    return fill(translate(TYPE_THIS), {"command": command}) if command else ""
