"""What `reviews` of either peer is known to get wrong."""

from __future__ import annotations

from datetime import datetime

from tests.peers.fields import FOUND, Wrong
from tests.peers.wrong.saying import always, says

_NPM = "lib/reviews.js"


def _cut(text: str | None) -> str | None:
    """A time as it is when the first three digits of its nanoseconds are taken for milliseconds, zeros in front being none."""
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    digits = str(at.microsecond * 1000 or "000")[:3]
    told = datetime.fromtimestamp(int(f"{int(at.timestamp())}{digits}") / 1000, at.tzinfo)
    return told.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


NPM = (
    Wrong(
        peer="npm",
        method="reviews",
        fields=(FOUND,),
        why="an app that has no reviews in a language makes it fail",
        file=_NPM,
        source="return R.map(scriptData.extractor(MAPPINGS), input);",
        when=lambda case, _: case.facts["there"] and not case.facts["rows"],
        says=says("Cannot read properties of null (reading 'fantasy-land/map')"),
    ),
    Wrong(
        peer="npm",
        method="reviews",
        fields=("date", "replyDate"),
        why="of the nanoseconds it takes the first three digits, so that 34 milliseconds are 340",
        file=_NPM,
        source="const millisecondsTotal = `${dateArray[0]}${millisecondsLastDigits.substring(0, 3)}`;",
        when=always,
        says=lambda case, one: _cut(case.ours["written_at" if one.peer == "date" else "replied_at"]),
    ),
    Wrong(
        peer="npm",
        method="reviews",
        fields=("title",),
        why="it never gives a heading",
        file=_NPM,
        source="title: {\n      path: [0],\n      fun: () => null\n    },",
        when=lambda case, _: case.ours["title"] is not None,
        says=says(None),
    ),
)
PYPI: tuple[Wrong, ...] = ()
