"""Searches, suggestions, charts and front pages: what they find, how they go on, and what they leave out."""

from __future__ import annotations

import json
import re
from itertools import islice
from urllib.parse import quote_plus

import pytest

from playfast.localstore import charts, fronts, searches
from playfast.localstore.catalogue import App, ids
from playfast.localstore.departments import DEPARTMENTS, holds
from playfast.localstore.weeks import app_in

from . import asking
from .conftest import answer, blocks, routing, running


def cards_of(payload):
    """The cards of results, unwrapped."""
    return [entry[0] for part in payload[0][1] if len(part) == 23 for entry in part[22][0]]


def ids_of(payload):
    """All ids of results in order, the app above them first."""
    above = [part[23][16][3]["12"][0][0] for part in payload[0][1] if len(part) == 24]
    return above + [card[0][0] for card in cards_of(payload)]


def told(server, query, more="gl=us"):
    return server.get(f"/_localstore/search?q={quote_plus(query)}&{more}").json()


def some_app(**wanted):
    """An app of the catalogue that the US have, with these properties."""
    return next(
        app
        for app in map(App, ids(2_000))
        if app.status("us") == "available"
        and all(getattr(app, name) == value for name, value in wanted.items())
    )


# Searches.


@pytest.mark.parametrize("query", ["words 1", "words 2", "words 3", "words 4", "shop", "Chess 2026"])
def test_the_first_page_is_the_beginning_of_what_there_is(server, query):
    payload, error = answer(server, "lGYRle", asking.search(query))
    due = told(server, query)
    assert error is None
    features = due["featured"] is not None
    assert [len(part) for part in payload[0][1]] == ([24, 23] if features else [23])
    assert ids_of(payload) == due["ids"][: 20 if features else 30]
    assert 100 <= due["total"] == len(due["ids"]) == len(set(due["ids"])) <= 250


def test_a_third_of_all_searches_have_an_app_above_the_results():
    found = [searches.search(f"some query {number}", "US", 0, 0) for number in range(300)]
    assert 0.25 < sum(one.features for one in found) / len(found) < 0.4
    assert len({len(one.ids) for one in found}) > 50


@pytest.mark.parametrize("spelling", [str, str.upper, lambda text: f"  {text} "])
def test_a_title_finds_its_app(server, spelling):
    app = some_app(home_language="en")
    assert told(server, spelling(app.title))["featured"] == app.app_id
    page = server.get(f"/store/search?q={quote_plus(spelling(app.title))}&c=apps&hl=de&gl=us").text
    assert ids_of(blocks(page)["lGYRle"])[0] == app.app_id


@pytest.mark.parametrize("app_id", ["org.example.whatever", "shop.variety.ordinary"])
def test_an_id_finds_its_app(server, app_id):
    payload, _ = answer(server, "lGYRle", asking.search(app_id))
    assert ids_of(payload)[0] == told(server, app_id)["featured"] == app_id
    assert app_id not in {card[0][0] for card in cards_of(payload)}


def test_an_id_of_no_app_finds_others(server):
    assert "example.gone.app" not in told(server, "example.gone.app")["ids"]


def test_every_app_that_is_found_is_found_by_its_title(server):
    for app_id in told(server, "anything at all")["ids"][:60]:
        title = App(app_id).title
        featured = told(server, title)["featured"]
        assert featured == app_id or App(featured).title.casefold().split() == title.casefold().split()


def test_words_of_a_title_come_first(server):
    app = next(
        app for app in map(App, ids(500)) if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+ [A-Z][a-z]+", app.title)
    )
    word = app.title.split()[1].lower()
    titles = [App(app_id).title.lower() for app_id in told(server, word)["ids"]]
    has = [word in re.findall(r"\w+", title) for title in titles]
    first = has[1:] if told(server, word)["featured"] else has
    assert first[0]
    assert first == sorted(first, reverse=True)


def test_ids_begin_in_every_way(server):
    found = {app_id for number in range(40) for app_id in told(server, f"some query {number}")["ids"]}
    assert {app_id.partition(".")[0] for app_id in found} >= {
        "com",
        "org",
        "io",
        "net",
        "app",
        "me",
        "de",
        "jp",
        "br",
        "ru",
        "tv",
        "air",
        "uk",
    }


def test_what_a_country_does_not_have_is_left_out(server):
    found = {gl: told(server, "some words", f"gl={gl}")["ids"] for gl in ("us", "de", "kr")}
    for gl, app_ids in found.items():
        assert {App(app_id).status(gl) for app_id in app_ids} == {"available"}
    assert found["us"] != found["de"] != found["kr"]
    both = set(found["us"]) & set(found["de"])
    assert [one for one in found["us"] if one in both] == [one for one in found["de"] if one in both]


def test_the_language_is_that_of_the_texts_alone(server):
    theirs, ours = (
        answer(server, "lGYRle", asking.search("some words"), f"gl=us&hl={hl}")[0] for hl in ("en", "de")
    )
    assert ids_of(theirs) == ids_of(ours)
    assert [card[15] for card in cards_of(theirs)] != [card[15] for card in cards_of(ours)]


@pytest.mark.parametrize(("price", "due"), [(0, {True, False}), (1, {True}), (2, {False})])
def test_the_page_finds_apps_of_one_kind_of_price(server, price, due):
    query = next(
        text
        for number in range(200)
        if (text := f"words {number}") and not searches.search(text, "US", 0, 0, price).features
    )
    page = server.get(f"/store/search?q={quote_plus(query)}&c=apps&price={price}&hl=en&gl=us")
    found = blocks(page.text)["lGYRle"]
    assert ids_of(found) == told(server, query, f"gl=us&price={price}")["ids"][:30]
    assert len(cards_of(found)) == 30
    assert {card[8][1][0][0] == 0 for card in cards_of(found)} <= due
    assert due <= {card[8][1][0][0] == 0 for card in cards_of(found)} | {False}
    assert page.text.count('<a class="Si6A0c"') == 30


def test_nothing_is_found(server):
    for query in ("nothing", "Nothing here", "..."):
        payload, error = answer(server, "lGYRle", asking.search(query))
        assert (payload[0][1], error) == ([], None)
        assert told(server, query) == {"ids": [], "total": 0, "featured": None}
        page = server.get(f"/store/search?q={quote_plus(query)}&c=apps")
        assert page.status == 200
        assert blocks(page.text)["lGYRle"][0][1] == []
        assert answer(server, "lGYRle", asking.search(query, asking.OLDER))[0][0][0][0] == []
    assert server.get("/store/search?c=apps&hl=en").status == 400
    assert server.get("/store/search?q=x&price=5").status == 400


def test_signs_of_html_in_a_query_break_no_page(server):
    query = '</script><b>"x" = \\ & y\'s'
    page = server.get(f"/store/search?q={quote_plus(query)}&c=apps").text
    asked = {rpc: json.loads(entry[entry.index("request:") + 8 :]) for _, rpc, entry in routing(page)}
    assert asked["lGYRle"][0][2] == asked["AZO9Cb"][:1] == [query]
    assert ids_of(blocks(page)["lGYRle"]) == told(server, query)["ids"][: len(ids_of(blocks(page)["lGYRle"]))]
    assert "<b>" not in page
    assert "<h1>&lt;/script&gt;&lt;b&gt;" in page


def test_a_developer_has_a_search_too(server):
    developer = App("shop.variety.ordinary").developer
    due = server.get("/_localstore/lists?id=shop.variety.ordinary&gl=us").json()["developer"]
    assert told(server, f"pub:{developer.name}")["ids"] == due
    payload, _ = answer(server, "lGYRle", asking.search(f"pub:{developer.name}"))
    assert ids_of(payload) == due[:30]
    assert payload[0][1][0][3][1][0][0] == f"search_results_cluster_apps_range_0_{min(30, len(due))}"
    assert told(server, "pub:Nobody at all")["ids"] == []


def test_the_older_form_goes_on_to_the_end(server):
    due = told(server, "some words")["ids"]
    payload, _ = answer(server, "lGYRle", asking.search("some words", asking.OLDER))
    seen, sizes = [], []
    while True:
        rows, *rest = payload[0][0]
        seen += [row[12][0] for row in rows]
        sizes.append(len(rows))
        token = rest[6][1] if rest and rest[6] else None
        if token is None:
            break
        payload, error = answer(server, "qnKhOb", asking.more(token))
        assert error is None
    assert seen == due
    assert set(sizes[:-1]) == {50}


def test_who_goes_on_in_another_form_gets_nothing(server):
    payload, _ = answer(server, "lGYRle", asking.search("some words", asking.OLDER))
    token = payload[0][0][7][1]
    for form in (asking.OTHER, asking.PAGE, asking.SHORT):
        assert answer(server, "qnKhOb", asking.more(token, form)) == (None, None)
    assert answer(server, "qnKhOb", asking.more(token))[0] is not None
    assert answer(server, "qnKhOb", asking.more(token[:-8] + "AAAAAAAA"))[1][0] == 5


def test_tokens_of_a_search_die_with_their_generation():
    with running() as own:
        token = answer(own, "lGYRle", asking.search("some words", asking.OLDER))[0][0][0][7][1]
        own.change(tokens=1)
        assert answer(own, "qnKhOb", asking.more(token))[1][0] == 5


def test_cards_have_the_fields_that_are_asked_for(server):
    query = next(
        text
        for number in range(99)
        if (text := f"words {number}") and searches.search(text, "US", 0, 0).features
    )
    payload, _ = answer(server, "lGYRle", asking.search(query, asking.masked(1, 52, 80)))
    for card in cards_of(payload):
        assert {
            place for place, part in enumerate(card) if part not in (None, []) and not isinstance(part, dict)
        } <= {0, 3, 4, 5, 10}
        assert card[3]
        assert card[5]
    above = payload[0][1][0][23][16]
    assert above[3]["40"] == [[1, 52, 80]]
    full, _ = answer(server, "lGYRle", asking.search(query, asking.SHORT))
    assert all(card[13] for card in cards_of(full))
    assert ids_of(full) == ids_of(payload)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [[[], asking.PAGE, []]],
        [[[], [], ["x"], 4]],
        [[[], asking.PAGE, [7], 4]],
        [[[], asking.PAGE, ["x"], 2]],
    ],
)
def test_what_is_no_search_is_refused(server, arguments):
    assert answer(server, "lGYRle", arguments)[1][0] == 3


# Suggestions.


def test_suggestions_begin_with_the_term_mostly(server):
    terms = [f"{a}{b}" for a in "bcdfglmnprst" for b in "aeiou"]
    rows = {term: (answer(server, "IJ4APc", asking.suggest(term))[0] or [[[]]])[0][0] for term in terms}
    assert {len(found) for found in rows.values()} >= {0, 3, 4, 5}
    assert max(len(found) for found in rows.values()) <= 10
    begins = [row[0].startswith(term) for term, found in rows.items() for row in found]
    assert 0.9 < sum(begins) / len(begins) < 1
    for term in terms[:5]:
        assert [row[0] for row in rows[term]] == server.get(
            f"/_localstore/suggest?term={term}&gl=us&hl=en"
        ).json()


def test_suggestions_differ_from_country_to_country_and_language_to_language(server):
    def found(query):
        return [
            (answer(server, "IJ4APc", asking.suggest(term), query)[0] or [[[]]])[0][0]
            for term in ("sa", "to", "re")
        ]

    assert found("hl=en&gl=us") != found("hl=de&gl=us") != found("hl=de&gl=de") != found("hl=en&gl=us")
    assert found("hl=en&gl=us") == found("hl=en-GB&gl=US")


def test_fewer_suggestions_are_given_where_fewer_are_asked_for(server):
    many = answer(server, "IJ4APc", asking.suggest("sa"))[0][0][0]
    assert answer(server, "IJ4APc", asking.suggest("sa", rows=1))[0][0][0] == many[:1]


def test_where_there_are_no_suggestions_there_is_no_payload(server):
    assert answer(server, "IJ4APc", asking.suggest("nothing at all")) == (None, None)
    assert answer(server, "IJ4APc", asking.suggest("x" * 80)) == (None, None)
    assert answer(server, "IJ4APc", [[None, []]])[1][0] == 3


# Charts.


def chart_of(server, collection, category, query="hl=en&gl=us", **how):
    payload, error = answer(server, "vyAe2", asking.chart(collection, category, **how), query)
    assert error is None
    return [] if payload[0][1] is None else [row[0] for row in payload[0][1][0][28][0]]


@pytest.mark.parametrize("collection", charts.COLLECTIONS)
@pytest.mark.parametrize("category", ["APPLICATION", "GAME", "GAME_PUZZLE", "FINANCE"])
def test_a_chart_holds_what_its_name_says(server, collection, category):
    cards = chart_of(server, collection, category)
    app_ids = [card[0][0] for card in cards]
    assert (
        app_ids == server.get(f"/_localstore/chart?collection={collection}&category={category}&gl=us").json()
    )
    assert 0 < len(app_ids) == len(set(app_ids)) <= 200
    assert all(holds(category, App(app_id)) for app_id in app_ids)
    costs = {card[8][1][0][0] > 0 for card in cards}
    if collection.endswith("free"):
        assert costs == {False}
    if collection.endswith("paid"):
        assert costs == {True}


def test_the_great_charts_are_full_and_no_chart_is_longer_than_that(server):
    for collection in ("topselling_free", "topselling_paid", "topgrossing"):
        assert len(chart_of(server, collection, "GAME", rows=660)) == 200
    assert len(chart_of(server, "topselling_free", "GAME", rows=7)) == 7
    assert len(chart_of(server, "topselling_paid", "COMICS")) < 200


@pytest.mark.parametrize(
    ("collection", "category"),
    [
        ("topselling_trending", "GAME"),
        ("topselling_free", "GAME_NONSENSE"),
        ("topselling_paid", "DATING"),
        ("new_free", "APPLICATION"),
    ],
)
def test_charts_that_there_are_not_are_empty(server, collection, category):
    payload, error = answer(server, "vyAe2", asking.chart(collection, category))
    assert (payload[0][1], error) == (None, None)
    assert server.get(f"/_localstore/chart?collection={collection}&category={category}").json() == []


def test_every_collection_is_another_list():
    found = {charts.chart(collection, "GAME", "US", 0, 0) for collection in charts.COLLECTIONS}
    assert len(found) == len(charts.COLLECTIONS)


@pytest.mark.parametrize("form", [None, asking.PAGE, asking.masked(1, 52)])
def test_every_form_of_asking_for_a_chart_gives_the_same_apps(server, form):
    cards = chart_of(server, "topgrossing", "GAME_CARD", rows=30, form=form)
    assert [card[0][0] for card in cards] == list(charts.chart("topgrossing", "GAME_CARD", "US", 0, 0)[:30])
    if form == asking.masked(1, 52):
        assert {len(card) for card in cards} == {11}
        assert all(card[3] and card[8] is None and card[4] is not None for card in cards)
    else:
        assert all(card[13] and card[25] for card in cards)


def test_a_chart_is_the_same_all_week_and_moves_in_the_next():
    with running() as own:
        first, again = (chart_of(own, "topselling_free", "GAME") for _ in range(2))
        assert first == again
        own.change(week=1)
        later = chart_of(own, "topselling_free", "GAME")
    before, after = ([card[0][0] for card in cards] for cards in (first, later))
    assert before != after
    assert len(set(before) & set(after)) > 120
    gone = [app_id for app_id in before if app_in(app_id, 0, 1).status("us") != "available"]
    assert not set(gone) & set(after)


def test_countries_have_charts_of_their_own(server):
    found = {
        gl: [card[0][0] for card in chart_of(server, "topselling_free", "GAME", f"hl=en&gl={gl}")]
        for gl in ("us", "de")
    }
    assert found["us"] != found["de"]
    assert set(found["us"]) & set(found["de"])
    for gl, app_ids in found.items():
        assert {App(app_id).status(gl) for app_id in app_ids} == {"available"}


def test_every_department_has_a_chart():
    for department in DEPARTMENTS:
        assert len(charts.chart("topselling_free", department, "US", 0, 0)) > 100, department


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [[None, asking.SHORT]],
        [[None, [], [2, "topselling_free", "GAME"]]],
        [[None, asking.SHORT, [2, 7, "GAME"]]],
    ],
)
def test_what_is_no_chart_is_refused(server, arguments):
    assert answer(server, "vyAe2", arguments)[1][0] == 3


# Front pages.


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("/store/apps?x=1", "APPLICATION"),
        ("/store/games?x=1", "GAME"),
        ("/store/apps/category/GAME_WORD?x=1", "GAME_WORD"),
        ("/store/apps/category/FAMILY?x=1", "FAMILY"),
    ],
)
def test_a_front_page_shows_what_the_store_recommends(server, path, category):
    page = server.get(f"{path}&hl=en&gl=us")
    assert page.status == 200
    due = server.get(f"/_localstore/front?category={category}&gl=us").json()
    by_call, _ = answer(server, "w3QCWb", asking.front(category))
    for found in (blocks(page.text)["w3QCWb"], by_call):
        *sections, events = found[0][1]
        assert [part[3][1][0][0] for part in sections] == [one["name"] for one in due["sections"]]
        assert [[card[0][0] for card in part[21][0]] for part in sections] == [
            one["ids"][: one["shown"]] for one in due["sections"]
        ]
        assert [entry[1][0][0][0] for entry in events[34][0]] == due["events"]
    assert due["sections"][0]["name"] == f"recommended_for_you_{category}"
    for one in due["sections"]:
        assert all(
            holds(category, App(app_id)) and App(app_id).status("us") == "available" for app_id in one["ids"]
        )


def test_a_section_goes_on_by_its_token_and_on_its_own_page(server):
    payload, _ = answer(server, "w3QCWb", asking.front("APPLICATION"))
    due = server.get("/_localstore/front?category=APPLICATION&gl=us").json()["sections"]
    goes_on = [place for place, one in enumerate(due) if len(one["ids"]) > one["shown"]]
    assert goes_on
    for place in goes_on:
        head, one = payload[0][1][place][21][1], due[place]
        older, _ = answer(server, "qnKhOb", asking.more(head[3][1]))
        assert [row[12][0] for row in older[0][0][0]] == one["ids"][one["shown"] :][:50]
        newer, _ = answer(server, "qnKhOb", asking.more(head[3][1], asking.PAGE))
        assert [card[0][0] for card in newer[0][21][0]] == one["ids"][one["shown"] :][:50]
        page = server.get(f"{head[2][4][2]}&hl=en&gl=us")
        alone = blocks(page.text)["CNT7ob"][0][1][0]
        assert [card[0][0] for card in alone[21][0]] == one["ids"][:50]
        assert alone[21][1][0] == head[0]


def test_front_pages_that_there_are_not(server):
    assert server.get("/store/apps/category/NONSENSE?hl=en").status == 404
    payload, error = answer(server, "w3QCWb", asking.front("NONSENSE"))
    assert (payload[0][1], error) == ([], None)
    moved = server.get("/store/apps/top?hl=en")
    assert (moved.status, moved.headers["location"]) == (302, "/store/apps")
    assert answer(server, "w3QCWb", [[None, 2, "GAME"]])[1][0] == 3


def test_texts_of_front_pages_are_in_the_language_and_names_are_not(server):
    english, german = (
        answer(server, "w3QCWb", asking.front("APPLICATION"), f"hl={hl}&gl=us")[0][0][1]
        for hl in ("en", "de")
    )
    assert [part[3][0] for part in english[:-1]] == [part[3][0] for part in german[:-1]]
    assert (english[0][21][1][0], german[0][21][1][0]) == ("Popular apps", "Beliebte Apps")


def test_every_department_has_a_front_page():
    for department in DEPARTMENTS:
        found = fronts.front(department, "US", 0, 0)
        assert len(found.sections) >= 4, department
        assert len(found.sections[0].ids) >= 20, department


# What the control routes refuse.


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("search", "q is missing"),
        ("search?q=x&price=4", "price must be one of 0, 1, 2, not 4"),
        ("suggest", "term is missing"),
    ],
)
def test_wrong_questions_about_what_is_true(server, path, says):
    refused = server.get(f"/_localstore/{path}")
    assert refused.status == 400
    assert refused.json() == {"error": says}


def test_all_charts_are_named(server):
    named = server.get("/_localstore/chart").json()
    assert named["collections"] == list(charts.COLLECTIONS)
    assert {"APPLICATION", "GAME", "GAME_WORD", "FAMILY", "TOOLS", "ANDROID_WEAR"} <= set(
        islice(named["categories"], 99)
    )
