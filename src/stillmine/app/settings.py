"""What the person chose; kept in the encrypted catalogue."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from stillmine.errors import UnknownSetting, WrongSetting
from stillmine.messages.language import languages

if TYPE_CHECKING:  # it loads what decodes pictures, which nobody needs who has settings only
    from stillmine.app.storage.vault import Vault

_KIND = "setting"
MOST_MINUTES = 24 * 60
_NAME = re.compile(r"[!-+\--~]{1,200}")  # printable, without spaces and commas
_ADDRESS = re.compile(r"https://[a-z0-9.-]{1,200}(/[!-~]{0,300})?", re.ASCII)
_MOST_NAMES = 10
_LONGEST_TITLE = 40  # signs


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with what they are when nobody chose."""

    lock_after_minutes: int = 10
    country: str = ""
    proxy: str = ""
    stamp_with: str = ""
    language: str = ""
    title: str = ""
    leave_to: str = ""


def read_settings(vault: Vault) -> Settings:
    """Return the settings in force; what an older or newer version kept beside them is let be."""
    known = asdict(Settings())
    chosen = {
        name: value for name, value in vault.catalogue.records(_KIND).items() if name in known
    }
    return replace(Settings(), **chosen)


def change_setting(vault: Vault, name: str, text: str) -> Settings:
    """Change one setting, given as text. Raises UnknownSetting or WrongSetting."""
    key = name.replace("-", "_")
    if key not in asdict(Settings()):
        raise UnknownSetting(name=name, known=", ".join(asdict(Settings())).replace("_", "-"))
    vault.set_record(_KIND, key, _READERS[key](name, text))
    return read_settings(vault)


def _minutes(name: str, text: str) -> int:
    digits = text.lstrip("0")
    if not text.isascii() or not text.isdigit() or len(digits) > 4:
        raise WrongSetting(name=name, wanted=f"1-{MOST_MINUTES}")
    if not 1 <= int(digits or "0") <= MOST_MINUTES:
        raise WrongSetting(name=name, wanted=f"1-{MOST_MINUTES}")
    return int(digits)


def _country(name: str, text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise WrongSetting(name=name, wanted="ES, GB, US")
    return text.upper()


def _proxy(name: str, text: str) -> str:
    from stillmine.app.network.web import read_way  # not needed to read settings

    read_way(text, name)
    return "" if text.strip() == "direct" else text.strip()


def _language(name: str, text: str) -> str:
    if text and text not in languages():
        raise WrongSetting(name=name, wanted=", ".join(languages()))
    return text


def _leave_to(name: str, text: str) -> str:
    """Read where a browser goes when the person leaves the pages; nothing for an empty page."""
    if text and not _ADDRESS.fullmatch(text):
        raise WrongSetting(name=name, wanted="https://www.example.org/")
    return text


def _names(name: str, text: str) -> str:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > _MOST_NAMES or not all(_NAME.fullmatch(part) for part in parts):
        raise WrongSetting(name=name, wanted="sectigo, digicert")
    return ",".join(parts)


def _title(name: str, text: str) -> str:
    """Return what the tab of the browser shows: one short line."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_TITLE or not line.isprintable():
        raise WrongSetting(name=name, wanted=f"1-{_LONGEST_TITLE}")
    return line


_READERS: dict[str, Any] = {
    "lock_after_minutes": _minutes,
    "country": _country,
    "proxy": _proxy,
    "stamp_with": _names,
    "language": _language,
    "title": _title,
    "leave_to": _leave_to,
}
