"""What is said about handing over is easy to read, also by somebody who never heard of us."""

from __future__ import annotations

import pytest

from stillmine.messages import handing
from stillmine.share.channels import read_channels
from tests.house.test_words import _HARDEST, readability

SAID = {
    **{f"page {key}": text for key, text in handing.PAGE.items()},
    **{f"script {key}": text for key, text in handing.PAGE_SCRIPT.items()},
    **{f"sender {key}": text for key, text in handing.SENDERS.items()},
    **{f"recipient {key}": text for key, text in handing.BOUND.items()},
    **{f"export {key}": text for key, text in handing.EXPORT.items()},
    "letter": handing.LETTER["body"].replace("{copies}", "").replace("\n", " "),
    **{
        f"{channel.name} {number}": advice.text
        for channel in read_channels()
        for number, advice in enumerate(channel.advice)
    },
}


@pytest.mark.parametrize("where", SAID)
def test_each_sentence_is_easy_to_read(where: str) -> None:
    if len(SAID[where].split()) > 8:  # the index means nothing for a few words
        assert readability(SAID[where]) <= _HARDEST, SAID[where]
