"""Who wrote the reviews is nowhere in what is kept, whatever the answer; all else is, byte for byte."""

from __future__ import annotations

import gzip
import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import RecordingError
from playfast.play import calls, envelope, reviews
from playfast.play.page import Page
from playfast.recording.people import without
from tests.recorded.recordings import DIRECTORY, WHOLE_PAGES, file_of, read

ID = "967728e2-5c69-4198-9da0-3b27ba3b8d5c"
PICTURE = "https://play-lh.googleusercontent.com/a-/ALV-UjVxyz_0123456789abcdef=mo"
BANNER = "https://play-lh.googleusercontent.com/EGemoI2NTXmTsBVtJqk8jxF9rh8ApRWf"
ACCOUNT = "101234567890123456789"
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20).filter(
    str.strip
)


def row(name="Ann Onymous", text="nice", number=0, reply=None):
    def image(url):
        return [None, 2, None, [None, None, url]]

    id_ = ID[:-1] + str(number)
    return [
        id_,
        [name, image(PICTURE)],
        5,
        None,
        text,
        [1735598798, 5],
        3,
        reply and ["Example Ltd", reply, [1735598799, 5]],
        None,
        [ACCOUNT, name, None, [image(PICTURE), 1], image(BANNER)],
        "1.0",
    ]


def body_of(rows, *, ascii_only=False):
    """An answer as the store sends it."""
    payload = json.dumps([rows, [None, "token"]], ensure_ascii=ascii_only).replace("=", "\\u003d")
    frames = [["wrb.fr", "oCPfdb", payload, None, None, None, "t"], ["di", 51]]
    return f")]}}'\n\n{json.dumps(frames, ensure_ascii=ascii_only)}".encode()


def page_of(rows, shown=True, more=""):
    """A page that has reviews twice: as data, and as people see them."""
    data = json.dumps([rows, None]).replace("=", "\\u003d")
    heads = "".join(
        f'<header class="x" data-review-id="{one[0]}"><img src="{PICTURE}=s32-rw"><div class="X5">{html.escape(one[1][0])}</div></header>'
        f"<div>{html.escape(one[4])}</div>{f'<p>{html.escape(one[7][1])}</p>' if one[7] else ''}"
        for one in rows
    )
    return (
        f"<html>{heads if shown else ''}<script>var AF_dataServiceRequests = {{'ds:5' : {{id:'oCPfdb',request:[]}}}}; "
        f"var AF_initDataChunkQueue = [];</script>{more}<script class=\"ds:5\">AF_initDataCallback({{key: 'ds:5', hash: '7', data:{data}, "
        "sideChannel: {}});</script></html>"
    ).encode()


def told(body, page=False):
    if page:
        return reviews.page(Page(body).block(calls.REVIEWS)).rows
    return reviews.page(envelope.unpack(body)["t"].decoded()).rows


@pytest.mark.parametrize("page", [False, True], ids=["rpc", "page"])
@settings(max_examples=60)
@given(name=NAMES, text=st.text(max_size=30), ascii_only=st.booleans())
def test_nothing_is_left_and_all_else_stays(page, name, text, ascii_only):
    body = page_of([row(name, text)]) if page else body_of([row(name, text)], ascii_only=ascii_only)
    kept = without(body)
    assert len(kept.body) == len(body)
    (before,), (after,) = told(body, page), told(kept.body, page)
    assert set(after[1][0]) == {"x"}
    assert after[1][1][3][2].startswith("https://play-lh.googleusercontent.com/x")
    assert set(after[9][0]) == {"9"}
    assert ACCOUNT.encode() not in kept.body
    assert b"ALV-Uj" not in kept.body
    assert b"EGemoI2" not in kept.body
    for place in (0, 2, 3, 5, 6, 7, 8, 10):
        assert after[place] == before[place]
    if name not in text and html.escape(name) not in html.escape(text):
        assert after[4] == before[4]


def test_a_short_name_goes_from_reviews_and_leaves_the_rest_alone():
    """A name may be a word that means something elsewhere."""
    page = page_of([row("en")], more='<html lang="en"><i>en</i><script>["en"]</script>')
    kept = without(page).body
    assert kept.count(b'"en"') == page.count(b'"en"') - 2
    assert b'lang="en"><i>en</i>' in kept
    assert b'<div class="X5">xx</div>' in kept


def test_a_name_is_found_however_it_is_written():
    name = 'Zoé & "Bob" O\'Neil'
    more = f'<b alt="{html.escape(name)}">{html.escape(name).replace("&#x27;", "&#39;")}</b><script>[{json.dumps(name)}]</script>'
    kept = without(page_of([row(name)], more=more))
    assert b"O" not in kept.body.split(b"<b alt=")[1].split(b"<script class")[0].replace(b"</script>", b"")
    assert kept.replaced["name"] == 6


REPLIES = [
    ("Ann Onymous", "Hi Ann, write to us.\nThanks!", "Hi xxx, write to us.\nThanks!"),
    (
        "Ann Onymous",
        "Dear ANN ONYMOUS: Annika and Hannah can't",
        "Dear xxx xxxxxxx: Annika and Hannah can't",
    ),
    ("J. Zoé-Li", "Zoé, J. and Li & co", "xxxx, J. and xx & co"),
    ("김철수", "김철수님, thank you", "xxxxxxxxx님, thank you"),
    ("O'Neil <b>", "Hello Neil <there>", "Hello xxxx <there>"),
    ("A Google user", "Hi there, Google user", "Hi there, Google user"),
    ("7 !", "Hi 7", "Hi 7"),
]


@pytest.mark.parametrize("page", [False, True], ids=["rpc", "page"])
@pytest.mark.parametrize(("name", "reply", "kept_reply"), REPLIES)
def test_replies_stay_without_the_name_of_whom_they_answer(page, name, reply, kept_reply):
    rows = [row(name, text="Ann Onymous was here", reply=reply), row("Tom", number=1, reply="Tom, or Ann?")]
    body = page_of(rows) if page else body_of(rows)
    kept = without(body).body
    assert len(kept) == len(body)
    one, other = told(kept, page)
    assert (one[7][0], one[7][2]) == ("Example Ltd", [1735598799, 5])
    # A filler is as long as what it fills, which may be written in escapes.
    assert re.sub("x+", "x", one[7][1]) == re.sub("x+", "x", kept_reply)
    assert other[7][1] == "xxx, or Ann?"
    assert one[4] == "Ann Onymous was here"
    if page:
        assert f"<p>{html.escape(kept_reply)}</p>".encode() in kept
        assert b"<p>xxx, or Ann?</p>" in kept


def test_a_reply_in_escapes_loses_the_name_too():
    body = body_of([row("Zoé Ω", reply="Hi Zoé")], ascii_only=True)
    kept = without(body)
    assert len(kept.body) == len(body)
    assert b"Hi Zo" not in kept.body
    assert kept.replaced["mention"] == 1


def test_what_is_replaced_is_counted():
    assert without(body_of([row(), row(number=1)])).replaced == {"account": 2, "name": 4, "picture": 6}
    assert without(b')]}\'\n\n[["di",1]]').replaced == {}


def test_the_browser_key_of_a_page_is_replaced():
    page = page_of([], more='<script>{"X":"AIza' + "Sy0-_" * 7 + '"}</script>')
    kept = without(page)
    assert (kept.replaced, b"AIza" in kept.body, len(kept.body)) == ({"key": 1}, False, len(page))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (page_of([], more=f'<header data-review-id="{ID}"><div>Ann Onymous</div></header>'), "reviews are shown whose data is not in the answer"),
        (page_of([], more=f'<img src="{PICTURE}">'), "a picture of an account is in the answer"),
        (page_of([row()], more=f'<header data-review-id="{ID}"><div>by Ann Onymous, today</div></header>'), "a reviewer's name is still in the head"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_from_the_rest_is_not_kept(body, why):
    with pytest.raises(RecordingError) as caught:
        without(body)
    assert why in str(caught.value)
    assert "Ann" not in str(caught.value)


def test_what_is_cut_or_strange_is_read_as_far_as_it_goes():
    whole = body_of([row()])
    for end in range(0, len(whole), 7):
        cut = whole[:end]
        try:
            assert len(without(cut).body) == end
        except RecordingError:
            assert b"googleusercontent.com/a-/" in cut


@pytest.mark.skipif(not DIRECTORY.is_dir(), reason="no recorded answers")
@pytest.mark.parametrize("name", ["reviews_UsvDTd_page1", *WHOLE_PAGES])
def test_recorded_answers_lose_their_reviewers_and_keep_what_they_wrote(name):
    """There they have been given other names: `Reviewer 3d22`."""
    body = read(file_of(name))
    kept = without(body).body
    assert len(kept) == len(body)
    assert b"Reviewer " not in kept
    if name in WHOLE_PAGES:
        before, after = (Page(one).block(calls.REVIEWS) for one in (body, kept))
        routes = [key for key, rpc in Page(body).routes.items() if rpc != calls.REVIEWS]
        assert routes
    else:
        before, after = (next(iter(envelope.unpack(one).values())).decoded() for one in (body, kept))
    rows = list(
        zip(
            reviews.page(before).rows if before else [],
            reviews.page(after).rows if after else [],
            strict=True,
        )
    )
    assert all(one[4] == other[4] and one[0] == other[0] for one, other in rows)
    assert gzip.compress(kept)
