"""The store in later weeks: what happens stays, and its own list of changes says all of it."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.localstore import releases, weeks
from playfast.localstore.catalogue import App
from playfast.localstore.cli import main
from playfast.localstore.identifiers import ids
from playfast.localstore.server.options import Options
from playfast.localstore.truth import changes, truth
from playfast.localstore.varieties import VARIETIES
from playfast.localstore.weeks import app_in
from tests.conftest import local_store

SOME = list(ids(3_000))


def asked(store, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(store.address + path, data=data), timeout=30
        ) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return json.loads(error.read())


def test_week_0_is_the_catalogue_itself():
    assert type(app_in("com.example.one")) is App
    assert all(not changes(app_id, "us", "en", 0, (0, 0)) for app_id in SOME[:50])


@pytest.mark.parametrize("app_id", [*list(VARIETIES)[:5], "shop.variety.gone"])
def test_hand_placed_apps_stay_as_they_are(app_id):
    assert truth(app_id, week=9) == truth(app_id)


def test_gone_stays_gone_and_new_stays_new():
    seen: dict[str, set[str]] = {}
    for app_id in SOME:
        statuses = [app_in(app_id, 0, week).status("us") == "not_found" for week in range(6)]
        assert sum(before != after for before, after in pairwise(statuses)) <= 1
        seen.setdefault(f"{statuses[0]} {statuses[-1]}", set()).add(app_id)
    assert 0.02 < len(seen["False True"]) / len(SOME) < 0.09  # five weeks of a hundredth
    assert len(seen["True False"]) > 20


@given(st.sampled_from(SOME), st.integers(0, 12))
def test_counts_never_fall(app_id, week):
    now, later = app_in(app_id, 0, week), app_in(app_id, 0, week + 1)
    for name in ("installs", "min_installs"):
        if getattr(now, name) is not None:
            assert getattr(later, name) >= getattr(now, name)
    if now.ratings is not None and later.ratings is not None:
        assert later.ratings.number >= now.ratings.number
        assert abs(sum(later.ratings.histogram) - later.ratings.number) <= later.ratings.number / 100
        assert 1 <= later.ratings.score <= 5
    assert later.updated >= now.updated


def test_each_thing_happens_about_as_often_as_it_is_to():
    fields: Counter[str] = Counter()
    for app_id in SOME:
        fields.update({change["field"] for change in changes(app_id, "us", "en", 0, (0, 1))})
    share = {name: count / len(SOME) for name, count in fields.items()}
    assert share["updated"] == pytest.approx(weeks.RELEASE, rel=0.2)
    assert share["version"] < share["updated"]
    assert share["title"] == pytest.approx(weeks.TITLE, rel=0.5)
    assert share["installs"] == pytest.approx(weeks.GROWTH, rel=0.2)
    assert share["status"] == pytest.approx(weeks.GONE, rel=0.9)
    assert fields["price_micros"] > 3


def test_the_list_of_changes_is_the_difference_of_the_truths():
    found = 0
    for app_id in SOME[:300]:
        before, after = truth(app_id, "kr", "ko", 0, 1), truth(app_id, "kr", "ko", 0, 4)
        told = changes(app_id, "kr", "ko", 0, (1, 4))
        found += len(told)
        if "not_found" in (before["status"], after["status"]):
            assert [change["field"] for change in told] in ([], ["status"])
            continue
        rebuilt = {**before, **{change["field"]: change["after"] for change in told}}
        assert rebuilt == after
        assert all(before[change["field"]] == change["before"] != change["after"] for change in told)
    assert found > 300


def test_a_running_store_goes_on_to_another_week_and_renews_its_answers():
    changed = next(
        app_id for app_id in SOME if changes(app_id, "us", "en", 0, (0, 2))[:1] and app_in(app_id).title
    )
    with local_store() as store:
        first = store.get(f"/store/apps/details?id={changed}&hl=en&gl=us")
        assert asked(store, "/_localstore/options", {"week": 2})["week"] == 2
        assert asked(store, f"/_localstore/truth?id={changed}&gl=us&hl=en") == json.loads(
            json.dumps(truth(changed, week=2))
        )
        assert asked(store, f"/_localstore/truth?id={changed}&gl=us&hl=en&week=0") == json.loads(
            json.dumps(truth(changed))
        )
        told = asked(store, "/_localstore/changes", {"ids": SOME[:100], "since": 1})
        due = [change for app_id in SOME[:100] for change in changes(app_id, "us", "en", 0, (1, 2))]
        assert told == json.loads(json.dumps(due))
        assert store.get(f"/store/apps/details?id={changed}&hl=en&gl=us") != first
        for wrong in ({"week": -1}, {"week": 1.5}, {"week": "1"}):
            assert "week" in asked(store, "/_localstore/options", wrong)["error"]
        assert "week" in asked(store, "/_localstore/changes", {"ids": [], "since": -1})["error"]
        assert "later" in asked(store, "/_localstore/changes", {"ids": [], "since": 3})["error"]
        assert "week" in asked(store, "/_localstore/truth?id=a.b&week=x")["error"]


def test_a_week_is_a_whole_number():
    assert Options(week=-1).problems() == ["--week must not be negative"]


def test_versions_keep_their_form_and_rise():
    found = 0
    for app_id in SOME:
        before, after = app_in(app_id).release, app_in(app_id, 0, 9).release
        if before is None or before.version == after.version:
            continue
        found += 1
        forms = [re.sub(r"\d+", "9", release.version) for release in (before, after)]
        numbers = [
            [int(number) for number in re.findall(r"\d+", release.version)] for release in (before, after)
        ]
        assert forms[0] == forms[1]
        assert numbers[0] < numbers[1]
    assert found > 500


def test_what_is_new_was_released_when_it_came_and_no_sale_has_ended():
    new = sales = 0
    for app_id in SOME:
        now = app_in(app_id, 0, 20)
        if app_in(app_id).listing == "gone" and now.listing == "ordinary":
            new += 1
            assert now.updated[0] > releases.begin_of(1)
            assert now.released is None or releases.begin_of(1) < now.released[0] <= now.updated[0]
        offer = now.offer("us")
        if offer is not None and offer.sale_ends is not None:
            sales += 1
            assert offer.sale_ends >= releases.begin_of(21)
    assert new > 30
    assert sales > 5


@pytest.mark.parametrize("week", ["-1", "x", "1.5"])
def test_the_command_refuses_what_is_no_week(week, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--week", week])
    assert ended.value.code == 2
    assert "--week" in capsys.readouterr().err
