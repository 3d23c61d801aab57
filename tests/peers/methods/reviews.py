"""`reviews` of both peers, page by page with the token of the page before, beside the spider `reviews`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tests.peers.asked import ABROAD, APPS, HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.methods.app import without_host
from tests.peers.peers import Peer
from tests.peers.running import Run

NEWEST, HELPFUL, BY_STARS = "newest", "helpful", "stars"
_NUMBERS = {HELPFUL: 1, NEWEST: 2, BY_STARS: 3}
_ROWS_OF_PAGE = {"npm": 150, "pypi": 100}
"""One of the two cannot be told."""
_SOME = ("example.reviews400.one", "example.reviews2500.two", "example.reviews9000.three")
"""Apps with so many reviews in twelve languages."""


class Sweep(NamedTuple):
    """One question."""

    place: Storefront
    ids: tuple[str, ...]
    sort: str = NEWEST
    score: int | None = None
    device: int | None = None
    rows: int = 300
    """How many of an app's reviews are asked for: several pages of either peer."""


# Reviews know no country, which is asked for all the same.
SWEEPS = (
    Sweep(HOME, APPS[HOME] + _SOME),
    *(Sweep(Storefront("de", lang), APPS[HOME][::4] + _SOME) for lang in ("es", "ja", "ar", "pt")),
    Sweep(HOME, _SOME, sort=HELPFUL, rows=900),
    Sweep(HOME, _SOME, sort=BY_STARS, rows=900),
)
FILTERED = (
    Sweep(HOME, _SOME, score=1),
    Sweep(HOME, _SOME, sort=HELPFUL, score=5),
    Sweep(HOME, _SOME, device=3),
    Sweep(HOME, _SOME, score=4, device=5),
)
"""Only one of the two can ask for reviews of so many stars, or of a kind of device."""


def _same(peer: str, ours: str) -> Field:
    return Field(peer=peer, ours=ours, right=lambda record: record[ours])


def _milliseconds(text: str | None) -> str | None:
    """As JavaScript writes a time."""
    return text and datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _to_the_second(text: str | None) -> str | None:
    """As Python writes a time of UTC that does not say so."""
    return text and datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%S")


def _criteria(record: Record) -> list[Mapping[str, Any]]:
    return [{"criteria": one["key"], "rating": one["rating"]} for one in record["criteria"] or ()]


LEFT_OUT: dict[str, str] = {}
FIELDS = {
    "npm": (
        _same("id", "review_id"),
        _same("userName", "user_name"),
        _same("userImage", "user_picture"),
        Field(
            peer="date",
            ours="written_at, in milliseconds",
            right=lambda record: _milliseconds(record["written_at"]),
        ),
        _same("score", "stars"),
        Field(peer="scoreText", ours="stars, as text", right=lambda record: str(record["stars"])),
        Field(peer="url", ours="url", right=lambda record: without_host(record["url"]), read=without_host),
        _same("title", "title"),
        _same("text", "text"),
        Field(
            peer="replyDate",
            ours="replied_at, in milliseconds",
            right=lambda record: _milliseconds(record["replied_at"]),
        ),
        _same("replyText", "reply_text"),
        _same("version", "app_version"),
        _same("thumbsUp", "thumbs_up"),
        Field(peer="criterias", ours="criteria", right=_criteria),
    ),
    "pypi": (
        _same("reviewId", "review_id"),
        _same("userName", "user_name"),
        _same("userImage", "user_picture"),
        _same("content", "text"),
        _same("score", "stars"),
        _same("thumbsUpCount", "thumbs_up"),
        _same("reviewCreatedVersion", "app_version"),
        _same("appVersion", "app_version"),
        Field(
            peer="at",
            ours="written_at, to the second",
            right=lambda record: _to_the_second(record["written_at"]),
        ),
        _same("replyContent", "reply_text"),
        Field(
            peer="repliedAt",
            ours="replied_at, to the second",
            right=lambda record: _to_the_second(record["replied_at"]),
        ),
    ),
}


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for the first reviews of all apps, in some languages, and for those of some apps in other orders."""
    gone = _gone(run)
    for sweep in SWEEPS + (FILTERED if peer.name == "pypi" else ()):
        ours = _ours(run, sweep)
        answers = run.ask(peer, "reviews", [_options(peer, sweep, app_id) for app_id in sweep.ids])
        for app_id, answer in zip(sweep.ids, answers, strict=True):
            _compare(comparison, sweep, app_id, ours.get(app_id, []), answer, there=app_id not in gone)


def _gone(run: Run) -> set[str]:
    """Ids of the apps that there are nowhere; where an app is found in one country, its reviews are the same in all."""
    found: set[str] = set()
    for place in (HOME, *ABROAD):
        found |= {
            app_id
            for app_id, record in run.apps(place, APPS[HOME]).items()
            if record["status"] != "not_found"
        }
    return set(APPS[HOME]) - found


def _options(peer: Peer, sweep: Sweep, app_id: str) -> dict[str, Any]:
    rows = _ROWS_OF_PAGE[peer.name]
    given: dict[str, Any] = {
        peer.app_id: app_id,
        "lang": sweep.place.lang,
        "country": sweep.place.country,
        "sort": _NUMBERS[sweep.sort],
        "pages": sweep.rows // rows,
    }
    if peer.name == "pypi":
        given |= {
            "count": rows,
            "filter_score_with": sweep.score,
            "filter_device_with": sweep.device,
        }
    return given


def _ours(run: Run, sweep: Sweep) -> dict[str, list[Record]]:
    """Our reviews of each app, in the order in which they came."""
    devices = {3: "tablet", 5: "chromebook"}
    filters = {
        "score": str(sweep.score) if sweep.score else "",
        "device": devices[sweep.device] if sweep.device else "",
    }
    found = run.ours(
        "reviews",
        ids=",".join(sweep.ids),
        langs=sweep.place.lang,
        sort=sweep.sort,
        max_per_app=str(sweep.rows),
        personal="1",
        **{name: value for name, value in filters.items() if value},
    )
    rows: dict[str, list[Record]] = {}
    for record in found:
        if "review_id" in record:
            rows.setdefault(record["app_id"], []).append(record)
    return rows


def _compare(
    comparison: Comparison,
    sweep: Sweep,
    app_id: str,
    ours: list[Record],
    answer: Mapping[str, Any],
    *,
    there: bool,
) -> None:
    what = f"{app_id} in {sweep.place.lang}, {sweep.sort}, stars {sweep.score}, device {sweep.device}"
    (name, *_) = [one.peer for one in FIELDS[comparison.compared.peer] if one.ours == "review_id"]
    theirs: list[dict[str, Any]] = answer["value"]["rows"] if "value" in answer else []
    case = Case(ours={}, what=what, facts={"rows": len(ours), "there": there})
    found = str(answer["error"]) if "error" in answer else SOMETHING if theirs else "nothing"
    if not comparison.answer(case, found, SOMETHING if ours else "nothing"):
        return
    same = comparison.equal(
        case, "ids", [record["review_id"] for record in ours], [row[name] for row in theirs]
    )
    if same:
        for record, row in zip(ours, theirs, strict=True):
            comparison.record(Case(ours=record, what=f"{what}, review {record['review_id']}"), row)
