"""Somebody with a vault and a case in it, who asks for letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stillmine.act.case import adding
from stillmine.act.notices import checking, notice
from tests.act.case.conftest import Person, with_vault


class Writer(Person):
    """Somebody with a case, who writes letters about it."""

    case_name = ""

    def begins(self, *urls: str, country: str = "DE") -> str:
        self.case_name = self.case(country=country)
        if urls:
            self.add(self.case_name, *urls)
        return self.case_name

    def signs(self, **sender: Any) -> None:
        adding.sender(self.context, adding.SenderRequest(self.case_name, **sender))

    def writes(self, to: str = "", **more: Any) -> notice.NoticeAnswer:
        return notice.notice(self.context, notice.NoticeRequest(self.case_name, to, **more))

    def checks(self, **asked: Any) -> checking.CheckNoticeAnswer:
        return checking.check_notice(self.context, checking.CheckNoticeRequest(**asked))


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Give a person who has an empty vault."""
    return with_vault(Writer(tmp_path / "home"), monkeypatch)
