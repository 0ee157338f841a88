"""A missing counterpart is said aloud, and on CI it is a failure, never a pass."""

from __future__ import annotations

import pytest

from tests import counterparts


def test_a_missing_counterpart_skips_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program is missing"):
        counterparts.need("no-such-program")


def test_on_ci_a_missing_counterpart_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-program is missing"):
        counterparts.need("no-such-program")
