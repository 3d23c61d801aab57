"""`scrapy canary`: green against a store that is as it was, and against others it names exactly what is other there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from playfast.play.templates import OURS, REVIEWS, Template, written
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


def canary(address, *arguments, given=None):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", "canary", *FAST, *arguments],
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": address},
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def of(store, *arguments, given=None):
    return canary(store.address, "--format", "json", *arguments, given=given)


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
    "layouts": {
        ("templates", "search", "the layouts are others (new 223)"), ("settings of pages", "QEwZ9c", "the layouts are others (new 223)"),
    },
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


def test_what_neither_pages_nor_rpcs_say_any_more_is_missed():
    """Nothing in a page's routes tells that an RPC without a request has another id now: its block is missing as its answer is."""
    with local_store("--template", "rpc:jRco8=New1") as changed:
        said = of(changed, "com.whatsapp,com.mojang.minecraftpe")
    (moved,) = said.told["moved"]
    assert said.code == 7
    assert moved == {
        "where": "storefront",
        "what": "answer",
        "problem": "neither the page nor the RPC has it (2 of 2)",
    }


def test_an_rpc_that_no_page_names_is_missed():
    with local_store("--template", "rpc:IJ4APc=New1") as changed:
        said = of(changed, "com.whatsapp")
    assert (said.code, said.moved) == (7, {"suggestions": {"answer"}})


def test_templates_in_force_stay_in_the_file_that_is_written(tmp_path):
    """So that one file may be written and used by the same line of a crontab."""
    file = tmp_path / "templates.json"
    with local_store("--template", "context") as changed:
        of(changed, "com.whatsapp", "-o", str(file))
        first = file.read_bytes()
        again = of(changed, "com.whatsapp", "-o", str(file), "-s", f"PLAYFAST_TEMPLATES={file}")
    assert (again.code, again.told["moved"]) == (0, [])
    assert file.read_bytes() == first
    assert "search" in json.loads(first)


def test_templates_that_are_of_no_use_any_more_are_left_out_again(store, tmp_path):
    file = tmp_path / "templates.json"
    ours = OURS[REVIEWS]
    file.write_bytes(written({REVIEWS: Template(REVIEWS, "Old1", ours.text)}))
    said = of(store, "com.whatsapp", "-o", str(file), "-s", f"PLAYFAST_TEMPLATES={file}")
    assert said.moved == {"templates": {"reviews"}}
    assert said.told["news"][0]["problem"] == "asked as pages ask, the store answers: reviews"
    assert json.loads(file.read_text()) == {}


def test_a_file_of_templates_outlives_a_store_that_is_not_there(tmp_path):
    file = tmp_path / "templates.json"
    file.write_text("{}")
    said = canary("http://127.0.0.1:9", "-o", str(file), "-s", "RETRY_TIMES=0")
    assert (said.code, file.read_text()) == (3, "{}")
    assert f"{file}: not written, since the store was not reached" in said.err


def test_who_reads_the_table_may_stop():
    """What is told is told by the exit code."""
    command = f"{sys.executable} -W error -m scrapy canary com.whatsapp -s DOWNLOAD_DELAY=0"
    with local_store("--template", "rpc:IJ4APc=New1") as changed:
        done = subprocess.run(
            ["bash", "-c", f"{command} > >(exec <&-; exec true); exit $?"],
            cwd=ROOT, env={**os.environ, "PLAYFAST_URL": changed.address}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (7, "")


def test_the_table_names_what_has_moved():
    with local_store("--move", "51,0,1=51,0,4") as moved:
        said = canary(moved.address)
    assert not [line for line in said.out.splitlines() if line != line.rstrip()]
    lines = {" ".join(line.split()) for line in said.out.splitlines()}
    # As of a store in which nothing has moved (314), but for the score and its text of the three apps that are rated.
    assert "record 5 of 5 5 of 5 308 - score, score_text" in lines
    assert "moved record: score_text: in none of 5, at least 20% are due" in lines
    assert "result moved (22 requests)" in lines


def test_a_store_that_is_not_there_is_not_reached():
    said = canary("http://127.0.0.1:9", "--format", "json", "-s", "RETRY_TIMES=0")
    assert (said.code, said.told["result"]) == (3, "not reached")
    assert "Connection was refused" in "".join(said.told["unanswered"])
    assert (said.told["requests"], said.told["cut_short"]) == (4, "4 requests in a row had no answer")


@pytest.mark.parametrize("wall", ["html", "empty-page"])
def test_what_is_put_in_the_place_of_all_answers_is_no_new_layout(wall):
    with local_store("--wall", wall) as walled:
        said = of(walled)
    assert (said.code, said.told["moved"]) == (3, [])
    assert "a page without any data: no page of the store, or another layout" in said.told["unanswered"]


def test_apps_that_there_are_none_of_are_compared_with_nothing(store):
    said = of(store, "shop.variety.gone")
    assert (said.code, said.told["moved"]) == (3, [])
    assert said.told["unanswered"] == {"no such app, by its page or by the RPC": 1}


def test_failures_of_the_moment_are_no_change():
    with local_store("--broken", "shop.variety.ordinary=error-frame") as broken:
        said = of(broken, "shop.variety.ordinary")
    assert (said.code, said.told["moved"]) == (3, [])
    assert "an error frame" in "".join(said.told["unanswered"])


def test_a_list_may_come_from_standard_input(store):
    said = of(store, "-", given="com.whatsapp\n")
    assert said.code == 0
    assert said.told["asked"][0]["asked"] == 1


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
    assert said.told["cut_short"] == "Play shows a captcha, for longer than PLAYFAST_PATIENCE (1 seconds)"


def test_nothing_that_people_are_called_is_told():
    """Neither by what it says nor by what it would say of each field that differs."""
    with local_store("--move", "0,0=0,3") as moved:
        out = of(moved).out + canary(moved.address).out
        page = moved.get("/store/apps/details?id=com.whatsapp&hl=en&gl=us").decode()
    people = [part.split("<")[0] for part in page.split('class="X5PpBb">')[1:]]
    assert people
    assert not [name for name in people if name in out]


def test_mistakes_are_told_all_at_once():
    said = canary(
        "http://127.0.0.1:9", "--country", "xx", "--lang", "en,de", "a.b,c,1x.$", "-s", "PLAYFAST_TEMPLATES=nowhere.json", "-o", "no/x",
    )  # fmt: skip
    assert said.code == 2
    for sentence in (
        "--country 'xx': 'xx' is no country code", "--lang 'en,de': one language is due\n", "'c': a package name has at least one dot",
        "'1x.$': a package name has letters", "PLAYFAST_TEMPLATES: nowhere.json: No such file", "no/x: there is no folder no",
    ):  # fmt: skip
        assert sentence in said.err
    assert said.out == ""


@pytest.mark.parametrize("ids", [".", "http://127.0.0.1:9/ids.txt"])
def test_a_list_that_cannot_be_read_is_told(ids):
    said = canary("http://127.0.0.1:9", ids)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert f"ids='{ids}'" in said.err


def test_a_place_for_templates_that_is_none_is_told_before_anything_is_asked(store, tmp_path):
    before = store.report()["requests"]
    for place, why in ((tmp_path / "no" / "x.json", "there is no folder"), (tmp_path, "it is a folder")):
        said = of(store, "-o", str(place))
        assert (said.code, said.out) == (1, "")
        assert why in said.err
    assert store.report()["requests"] == before


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
