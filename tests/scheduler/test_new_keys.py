"""Who gives the vault new keys is still watched for, at once, and is told nothing twice."""

from stillmine.app.actions import Secret
from stillmine.app.storage import inbox
from stillmine.keep.rekey import RekeyRequest, rekey
from stillmine.watch.dismiss import DismissRequest, dismiss
from stillmine.watch.found import FoundRequest, found
from tests.watch.looking.looker import AGAIN, PART
from tests.watch.watching import leak


def test_after_new_keys_a_locked_run_goes_on_and_reports_nothing_twice(left, new_site):
    site = new_site()
    left.watcher.adds("page", leak(site, PART, path="/one", nobody=False))
    left.schedules()
    assert left.runs() == 0
    (shown,) = found(left.watcher.context, FoundRequest()).findings
    dismiss(left.watcher.context, DismissRequest((shown.finding,)))
    left.watcher.adds("page", leak(site, AGAIN, path="/two", nobody=False))
    before = left.key

    rekey(left.watcher.context, RekeyRequest(Secret(left.watcher.phrase)))

    assert left.key != before
    asked = len(site.asked)
    left.waits(days=2)
    assert left.runs() == 0, "it knows the places and the pictures, and found what is new"
    assert left.last.news
    assert len(inbox.waiting(left.watcher.home)) == 1, "what was dismissed is not reported again"
    assert len(site.asked) > asked
    answer = found(left.watcher.context, FoundRequest(all=True))
    assert sorted(each.page.rpartition("/")[2] for each in answer.findings) == ["one", "two"]
    assert answer.dismissed == 0
    assert [each.state for each in answer.findings if each.page.endswith("/one")] == ["dismissed"]
