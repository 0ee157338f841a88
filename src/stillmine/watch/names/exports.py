"""Read whose account a copy of one's data is, as sites give it to people who ask for it.

Only the one field is read in which a site names the account itself; followers, friends, messages
and everything else are passed over unread. A copy has to agree with itself: what names the account
stands once, and a second file is there that only the owner's copy has. That makes a mix-up
impossible and a forgery a deliberate one; it is no more than that, so such a handle counts for
less: three of them, slowly exchanged, and never beside a real name.

Where the fields stand was read in programs that read such copies: RLEAPP (TikTok), Epicenter
(Reddit), the manifest in the copies of X, the structures that what-if-data-donation publishes
(Instagram, Facebook), and a field guide to Snapchat's. Discord's is its own user object.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from stillmine.app.sources.finding import OpenSource, find_files
from stillmine.app.sources.handed import HandedFile
from stillmine.app.sources.limits import Budget, Limits
from stillmine.app.sources.stream import Stream
from stillmine.app.sources.zip_files import MAGIC, zip_members
from stillmine.errors import CannotReadFile
from stillmine.watch.names.own_name import OwnName
from stillmine.watch.names.showing import not_shown

_MOST_FILE = 48 << 20
_LIMITS = Limits(unpacked=256 << 20, factor=2, members=500_000, held=_MOST_FILE)
_MOST_FOUND = 40
_DEEPEST = 6

Read = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a site's copy holds: the file that names the account, and one that goes with it.

    Names are ends of paths, in small letters. `owner` returns the name, or nothing; `beside` says
    of another file whether it is what it should be: it returns the name in it where it has one.
    """

    named: tuple[str, ...]
    owner: Read
    with_it: tuple[str, ...]
    beside: Callable[[Any], str | bool]


def _at(value: Any, *steps: str | int) -> Any:
    """Return what stands at a place in JSON; None where there is no such place."""
    for step in steps:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


# How Instagram calls the field in the languages of people; what it calls it is all that tells.
_USERNAME = frozenset(
    {
        "username", "benutzername", "nom d\u2019utilisateur", "nom d'utilisateur",
        "nombre de usuario", "nome de usuário", "nome utente", "gebruikersnaam", "användarnamn",
        "brukernavn", "brugernavn", "käyttäjätunnus", "nazwa użytkownika", "uživatelské jméno",
        "kullan\u0131c\u0131 ad\u0131", "имя пользователя", "nume de utilizator",
        "felhasználónév", "nama pengguna", "tên người dùng", "ユーザーネーム", "사용자 이름",
        "用户名", "使用者名稱", "اسم المستخدم",
    }
)  # fmt: skip


def _instagram(value: Any) -> str:
    fields = _at(value, "profile_user", 0, "string_map_data")
    for label, field in fields.items() if isinstance(fields, dict) else ():
        if _repaired(label).casefold() in _USERNAME:
            return _text(_at(field, "value"))
    return ""


def _repaired(text: str) -> str:
    """Return text that was written as UTF-8 and read as Latin-1, as Meta's copies have it."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _facebook(value: Any) -> str:
    return _text(_at(value, "profile_v2", "username")) or _text(
        _at(value, "profile_information_v2", "username")
    )


def _tiktok(value: Any) -> str:
    profile = _at(value, "Profile") or _at(value, "Profile And Settings")
    inner = _at(profile, "Profile Info") or _at(profile, "Profile Information")
    logins = None
    for room in ("Your Activity", "Activity"):
        logins = logins or _at(value, room, "Login History", "LoginHistoryList")
    return _text(_at(inner, "ProfileMap", "userName")) if logins else ""


def _any_list(*names: str) -> Callable[[Any], bool]:
    return lambda value: any(
        isinstance(_at(value, each), list) and _at(value, each) for each in names
    )


def _rows(value: Any) -> list[list[str]]:
    return value if isinstance(value, list) else []


def _reddit(value: Any) -> str:
    found = [row[1] for row in _rows(value) if len(row) > 1 and row[0].strip() == "account name"]
    return found[0].strip() if len(found) == 1 else ""


_COPIES: Mapping[str, _Copy] = {
    "instagram": _Copy(
        ("personal_information/personal_information.json",),
        _instagram,
        ("login_activity.json",),
        _any_list("account_history_login_history"),
    ),
    "facebook": _Copy(
        ("profile_information/profile_information.json",),
        _facebook,
        ("account_activity.json", "logins_and_logouts.json", "where_you're_logged_in.json"),
        _any_list("account_activity_v2", "account_accesses_v2", "active_sessions_v2"),
    ),
    "tiktok": _Copy(
        ("user_data_tiktok.json", "user_data.json"),
        _tiktok,
        ("user_data_tiktok.json", "user_data.json"),
        _tiktok,
    ),
    "x": _Copy(
        ("data/account.js",),
        lambda value: _text(_at(value, 0, "account", "username")),
        ("data/manifest.js",),
        lambda value: _text(_at(value, "userInfo", "userName")),
    ),
    "snapchat": _Copy(
        ("json/account.json", "account.json"),
        lambda value: _text(_at(value, "Basic Information", "Username")),
        ("account_history.json",),
        lambda value: isinstance(value, dict) and bool(value),
    ),
    "reddit": _Copy(
        ("statistics.csv",),
        _reddit,
        ("ip_logs.csv",),
        lambda value: len(_rows(value)) > 1 and _rows(value)[0][:2] == ["date", "ip"],
    ),
    "discord": _Copy(
        ("account/user.json",),
        lambda value: _text(_at(value, "username")) if _text(_at(value, "id")).isdigit() else "",
        ("servers/index.json", "messages/index.json"),
        lambda value: isinstance(value, dict),
    ),
}


def require_own_export(name: OwnName, given: Path | HandedFile, home: Path) -> None:
    """Raise NotShown unless a copy of data is that of this very account.

    `given` is a folder, a ZIP archive, or the one file. Raises CannotReadFile, NotAFile,
    ArchiveDamaged, ArchiveTooMuch and MemberTooLarge as well.
    """
    copy = _COPIES.get(name.at)
    if copy is None:
        # Where everybody can see the text of a profile, a file that can be made by hand is no need.
        raise not_shown("use-profile", site=name.at)
    owners, beside = _read_copy(copy, given, home)
    if not owners:
        raise not_shown("no-account", site=name.at)
    told = {each for each in beside if isinstance(each, str)}
    if len(owners) > 1 or not any(beside) or any(each.lower() not in owners for each in told):
        raise not_shown("not-agreeing", site=name.at)
    if owners != {name.text}:
        raise not_shown("other-export", site=name.at)


def _read_copy(
    copy: _Copy, given: Path | HandedFile, home: Path
) -> tuple[set[str], list[str | bool]]:
    """Return all that names the account, in small letters, and what the files beside it say."""
    owners: set[str] = set()
    beside: list[str | bool] = []
    for file, content in _files(given, home, (*copy.named, *copy.with_it)):
        value = _value(file, content)
        if _ends(file, copy.named) and (owner := copy.owner(value)):
            owners.add(owner.lower())
        if _ends(file, copy.with_it) and (said := copy.beside(value)):
            beside.append(said)
    return owners, beside


def _ends(file: str, names: tuple[str, ...]) -> bool:
    return any(f"/{file}".endswith(f"/{each}") for each in names)


def _value(file: str, content: bytes) -> Any:
    """Return what a file says; None where that cannot be read."""
    text = content.decode("utf-8-sig", "replace")
    try:
        if file.endswith(".csv"):
            return list(csv.reader(io.StringIO(text)))
        if file.endswith(".js"):
            text = text.partition("=")[2]
        return json.loads(text)
    except (ValueError, RecursionError, csv.Error):
        return None


def _files(
    given: Path | HandedFile, home: Path, wanted: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted files of a folder or an archive, with their names in small letters."""
    found = 0
    for name, read in _all_files(given, home):
        file = name.replace("\\", "/").lower()
        if _ends(file, wanted):
            found += 1
            if found > _MOST_FOUND:
                return
            yield file, read()


def _all_files(given: Path | HandedFile, home: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if isinstance(given, Path) and given.is_dir():
        for each in find_files([given], home):
            if isinstance(each, Path) and len(each.relative_to(given).parts) <= _DEEPEST:
                yield f"{given.name}/{each.relative_to(given).as_posix()}", partial(_whole, each)
        return
    with OpenSource(given) as source:
        stream = Stream.of(source.file)
        if not stream.head().startswith(MAGIC):
            yield given.name, partial(_whole, given)
            return
        for member in zip_members(source.file, Budget(source.size, _LIMITS)):
            if member.stream is not None:
                yield member.name, partial(_rest, member.stream)


def _whole(given: Path | HandedFile) -> bytes:
    with OpenSource(given) as source:
        try:
            return _rest(Stream.of(source.file))
        except OSError as cause:
            raise CannotReadFile(file=given.name) from cause


def _rest(stream: Stream) -> bytes:
    return stream.whole(_MOST_FILE).getvalue()
