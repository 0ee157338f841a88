"""The page in each bundle that says how to check it without this program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from stillmine.messages.proof import BY_HAND, CHECKS, PROVES, PROVES_NOT, STRENGTHENS

_COLUMNS = 88
_STAMP = "timestamps/1-NAME.tsr -untrusted timestamps/1-NAME.pem -CAfile ROOTS.pem"
QUICK = "stillmine act verify PROOF.wacz"
COMMANDS = {
    "unpack": "unzip -q PROOF.wacz -d here && cd here",
    "files": "sha256sum --check proof/root.txt",
    "root": "sha256sum proof/root.txt",
    "signature": "openssl dgst -sha256 -verify proof/key.pem "
    "-signature proof/root.sig proof/root.txt",
    "key": "openssl pkey -pubin -in proof/key.pem -outform DER | sha256sum",
    "stamp": "openssl ts -reply -in timestamps/1-NAME.tsr -text",
    "time": f"openssl ts -verify -data proof/root.txt -in {_STAMP}",
    "old-time": f"openssl ts -verify -data proof/root.txt -in {_STAMP} -attime SECONDS",
    "seconds": "date -u -d 'Nov 22 20:00:00 2026 GMT' +%s",
    "chain": "openssl crl2pkcs7 -nocrl -certfile timestamps/1-NAME.pem | "
    "openssl pkcs7 -print_certs -noout",
    "capture": "warcio check -v archive/data.warc.gz",
    "records": "warcio index archive/data.warc.gz",
}
"""What to type for each step of `messages.proof.CHECKS`; each is tested as it stands."""


def readme_text() -> str:
    """Return the page. It is English always, so that everybody who gets the file reads the same."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (BY_HAND["title"], "")
    yield from (*textwrap.wrap(BY_HAND["about"], _COLUMNS), "")
    yield from (*_step(BY_HAND["quick"], QUICK), "")
    yield from (*textwrap.wrap(BY_HAND["hand"], _COLUMNS), "")
    for number, (step, why) in enumerate(CHECKS.items(), 1):
        yield from (*_step(f"{number}. {why}", COMMANDS[step]), "")
    yield from (*textwrap.wrap(BY_HAND["more"], _COLUMNS), "")
    yield from _list(BY_HAND["proves"], PROVES)
    yield from _list(BY_HAND["proves_not"], PROVES_NOT)
    yield from _list(BY_HAND["strengthens"], STRENGTHENS)


def _step(why: str, command: str) -> Iterator[str]:
    yield from textwrap.wrap(why, _COLUMNS, subsequent_indent="   ")
    yield f"    {command}"  # on one line, so that it can be copied


def _list(title: str, points: Iterable[str]) -> Iterator[str]:
    yield f"{title}:"
    for point in points:
        yield from textwrap.wrap(f"- {point}", _COLUMNS, subsequent_indent="  ")
    yield ""
