"""`scrapy canary`: green against a store that is as it was, and against others it names exactly what is other there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import ROOT, local_store
from tests.recorded.recordings import DIRECTORY
from tests.recorded.served import recorded_store

pytestmark = pytest.mark.crawl

FAST = ("-s", "DOWNLOAD_DELAY=0")


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def moved(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self.told["moved"]:
            found.setdefault(one["where"], set()).add(one["what"])
        return found


def canary(address, *arguments, fast=FAST):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", "canary", *fast, *arguments],
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def of(store, *arguments):
    return canary(store.address, "--format", "json", *arguments)


def test_a_store_that_is_as_it_was_is_as_expected(store):
    said = of(store)
    assert (said.code, said.told["result"], said.err) == (0, "as expected", "")
    assert said.told["moved"] == said.told["news"] == []
    assert said.told["unanswered"] == {}
    things = {thing["name"]: thing for thing in said.told["asked"]}
    assert sum(thing["asked"] for thing in things.values()) >= 30
    assert things["record"]["answered_by_page"] == things["record"]["answered_by_rpc"] == 5
    assert things["record"]["values_alike"] > 250
    assert things["chart"]["answered_by_page"] is None
    assert all(thing["answered_by_rpc"] for thing in things.values())


@pytest.mark.parametrize(("country", "lang"), [("de", "de"), ("kr", "ko")])
def test_so_it_is_in_other_storefronts(store, country, lang):
    said = of(store, "--country", country, "--lang", lang)
    assert (said.code, said.told["moved"]) == (0, [])


def test_other_apps_may_be_asked_for(store):
    said = of(store, "shop.variety.ordinary,shop.variety.paid,shop.variety.gone")
    assert said.code == 0
    (record,) = [thing for thing in said.told["asked"] if thing["name"] == "record"]
    assert (record["asked"], record["answered_by_page"], record["answered_by_rpc"]) == (3, 2, 2)


MOVES = {
    "51,0,1=51,0,4": {"score", "score_text"},
    "145=146": {"updated", "updated_text"},
    "57,0,0,0,0,1,0,0=57,0,0,0,0,1,0,7": {"price"},
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
def test_a_layout_that_has_moved_is_named(move):
    with local_store("--move", move) as moved:
        said = of(moved)
    assert said.code == 7
    assert said.moved["record"] >= MOVES[move]
    assert set(said.moved) <= {"record", "permissions", "data safety"}
    assert "templates" not in said.moved


CONTEXT = "the context is another (at 0,7,1 4, ours 2)"
TEMPLATES = {
    "context": {
        ("templates", "details", CONTEXT), ("templates", "home", CONTEXT), ("templates", "search", CONTEXT),
        ("settings of pages", "G8C1sd", CONTEXT), ("settings of pages", "QEwZ9c", CONTEXT),
    },
    "rpc:Ws7gDc=Xy12Ab": {
        ("templates", "details", "the RPC is Xy12Ab, ours Ws7gDc"), ("templates", "profile", "the RPC is Xy12Ab, ours Ws7gDc"),
    },
    "rpc:ag2B9c=New1": {("templates", "related", "the RPC is New1, ours ag2B9c")},
}  # fmt: skip


@pytest.mark.parametrize("change", TEMPLATES)
def test_requests_that_have_changed_are_named_and_the_new_ones_work(change, tmp_path):
    file = tmp_path / "templates.json"
    with local_store("--template", change) as changed:
        said = of(changed, "-o", str(file))
        after = of(changed, "-s", f"PLAYFAST_TEMPLATES={file}")
    assert said.code == 7
    assert {(one["where"], one["what"], one["problem"]) for one in said.told["moved"]} >= TEMPLATES[change]
    assert {one["where"] for one in said.told["moved"]} <= {"templates", "settings of pages"}
    assert set(json.loads(file.read_text())) == set(said.told["templates"])
    assert (after.code, after.told["moved"]) == (0, [])


def test_the_table_names_what_has_moved():
    with local_store("--move", "51,0,1=51,0,4") as moved:
        said = canary(moved.address)
    lines = {" ".join(line.split()) for line in said.out.splitlines()}
    assert "record 5 of 5 5 of 5 310 - score, score_text" in lines
    assert "moved record: score_text: in none of 5, at least 20% are due" in lines
    assert "result moved (22 requests)" in lines


def test_a_store_that_is_not_there_is_not_reached():
    said = canary("http://127.0.0.1:9", "--format", "json")
    assert (said.code, said.told["result"]) == (3, "not reached")
    assert "Connection was refused" in "".join(said.told["unanswered"])


@pytest.mark.parametrize(
    "trouble", [("--rpc-down",), ("--page-down",), ("--status-503", "1", "--retry-after", "0")], ids=str
)
def test_a_store_in_trouble_has_not_moved(trouble):
    with local_store(*trouble) as broken:
        said = of(broken, "shop.variety.ordinary", "-s", "RETRY_TIMES=0")
    assert (said.code, said.told["moved"]) == (3, [])
    assert "HTTP status" in "".join(said.told["unanswered"])


def test_a_captcha_is_waited_for_no_longer_than_patience():
    with local_store("--wall", "sorry-page") as walled:
        said = of(walled, "-s", "PLAYFAST_PATIENCE=1", "-s", "PLAYFAST_BLOCK_PAUSE=0.2")
    assert said.code == 3
    assert list(said.told["unanswered"]) == [
        "the crawl was cut short: Play shows a captcha, for longer than PLAYFAST_PATIENCE (1 seconds)"
    ]


def test_nothing_that_people_are_called_is_told():
    """Neither by what it says nor by what it would say of each field that differs."""
    with local_store("--move", "0,0=0,3") as moved:
        out = of(moved).out + canary(moved.address).out
        page = moved.get("/store/apps/details?id=com.whatsapp&hl=en&gl=us").decode()
    people = [part.split("<")[0] for part in page.split('class="X5PpBb">')[1:]]
    assert people
    assert not [name for name in people if name in out]


def test_mistakes_are_told_all_at_once():
    said = canary("http://127.0.0.1:9", "--country", "xx", "no id", "-s", "PLAYFAST_TEMPLATES=nowhere.json")
    assert said.code == 2
    for sentence in ("countries", "no id", "PLAYFAST_TEMPLATES: nowhere.json: No such file"):
        assert sentence in said.err
    assert said.out == ""


def test_templates_that_cannot_be_written_are_told(store, tmp_path):
    said = of(store, "-o", str(tmp_path / "no" / "folder.json"))
    assert said.code == 1
    assert "No such file or directory" in said.err


@pytest.mark.skipif(not DIRECTORY.is_dir(), reason="no recorded answers")
def test_what_is_on_record_has_moved_nowhere():
    """The pages of Play itself, and the same messages as RPC answers: whatever they are asked, they say what we read."""
    with recorded_store() as address:
        said = canary(
            address,
            "--format",
            "json",
            "com.google.android.apps.translate,com.mojang.minecraftpe,com.adex77.WhereAmI",
        )
    moved = [(one["where"], one["what"], one["problem"]) for one in said.told["moved"]]
    assert not [
        one
        for one in moved
        if one[0] in {"record", "templates", "settings of pages", "related", "reviews", "permissions"}
    ]
