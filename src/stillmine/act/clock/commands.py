"""The command for each next step; `{…}` stands for what is known of the case."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "address": "stillmine act case add {case} ADDRESS",
    "ask-again": "stillmine act track sent --case {case} --notice {notice}",
    "authority": "stillmine act complain --case {case} --notice {notice} --law {law}",
    "authority-now": "stillmine act complain --case {case} --notice {notice} --law {law}",
    "close": "stillmine act case close {case}",
    "complete": "stillmine act check-notice --case {case} --notice {notice}",
    "hash": "stillmine act hash-service stopncii --case {case}",
    "hash-finish": "stillmine act hash-service stopncii --case {case} --number NUMBER",
    "host": "stillmine act host {url} --case {case}",
    "lawyer": "stillmine act report report.pdf --case {case}",
    "look": "stillmine act recheck --case {case}",
    "note-removed": "stillmine act track removed --case {case} --notice {notice}",
    "police": "stillmine act report report.pdf --case {case}",
    "proof": "stillmine act capture {url} --case {case} --level covered",
    "proof-again": "stillmine act capture {url} --case {case} --level covered",
    "rest": "stillmine act notice --case {case} --to {to}",
    "search": "stillmine act notice --case {case} --to {name}",
    "search-gone": "stillmine act notice --case {case} --to {name}",
    "send": "stillmine act track sent --case {case} --notice {notice}",
    "send-again": "stillmine act track sent --case {case} --notice {notice}",
    "silent": "stillmine act track silent --case {case} --notice {notice}",
    "talk": "stillmine act lines {country}",
    "threats": "stillmine act lines {country}",
    "wait": "",
    "write": "stillmine act notice --case {case} --to PLATFORM",
}
