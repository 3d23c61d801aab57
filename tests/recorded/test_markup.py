"""What the page says of the app a second time, in JSON-LD and meta tags, agrees with the record."""

from __future__ import annotations

import html
import json
import re

import pytest

from playfast.play import markup

from .recordings import FIELDS, PAGES, TRIMMED_PAGES, WHOLE_PAGES, app_page, extracted, file_of, read


@pytest.mark.parametrize("name", PAGES)
def test_markup_agrees_with_the_record(name):
    for field, value in markup.described(app_page(name)).items():
        assert field in FIELDS
        assert markup.same(extracted(name).value(field), value), field


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_markup_is_read(name):
    """An empty description would agree with anything."""
    said = {field for field, value in markup.described(app_page(name)).items() if value is not None}
    wanted = {"title", "icon", "genre_id", "content_rating", "developer", "price", "currency"}
    if extracted(name).item.score is not None:
        wanted |= {"score", "ratings"}
    assert wanted <= said


@pytest.mark.parametrize("name", TRIMMED_PAGES)
def test_a_cut_page_has_no_markup(name):
    assert not {field for field, value in markup.described(app_page(name)).items() if value is not None}


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_another_app_does_not_agree(name):
    """The comparison can fail: each page's markup against the record of another app."""
    other = extracted("telegram_en_us")
    differing = [
        field
        for field, value in markup.described(app_page(name)).items()
        if not markup.same(other.value(field), value)
    ]
    assert {"title", "icon", "developer"} <= set(differing)


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_json_ld_read_here_agrees_too(name):
    """The same comparison with a reading of the JSON-LD that shares no code with the parser."""
    (script,) = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', read(file_of(name)).decode(), re.DOTALL
    )
    said, item = json.loads(script), extracted(name).item
    assert said["name"] == item.title
    assert said["url"] == item.canonical_url
    assert html.unescape(said["description"]) == item.summary
    assert said["applicationCategory"] == item.genre_id
    assert said["image"] == item.icon
    assert said["contentRating"] == item.content_rating
    assert said["author"]["name"] == item.developer
    assert said["author"].get("url") == item.developer_website
    (offer,) = said["offers"]
    assert (float(offer["price"]), offer["priceCurrency"]) == (item.price, item.currency)
    if "aggregateRating" in said:
        assert float(said["aggregateRating"]["ratingValue"]) == pytest.approx(item.score, abs=1e-5)
        assert int(said["aggregateRating"]["ratingCount"]) == item.ratings
    else:
        assert item.score is None
        assert not item.ratings


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_the_links_to_other_languages_are_the_locales(name):
    links = re.findall(r'<link rel="alternate"[^>]*hreflang="([^"]+)"', read(file_of(name)).decode())
    assert tuple(code for code in links if code != "x-default") == extracted(name).item.locales


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_what_a_visitor_reads_is_in_the_item(name):
    """The page as rendered, tags taken out: it shows what the item says."""
    item = extracted(name).item
    body = read(file_of(name)).decode().partition("<body")[2]
    body = re.sub(r"<(script|style).*?</\1>", "", body, flags=re.DOTALL)
    seen = _one_line(html.unescape(re.sub(r"<[^>]*>", " ", body)))
    texts = [
        item.title,
        item.developer,
        item.installs_short,
        item.content_rating,
        item.updated_text,
        item.offer_label,
    ]
    texts += [
        item.score_text,
        item.chart,
        item.trader_name,
        item.trader_email,
        item.trader_phone,
        item.developer_email,
    ]
    texts += [item.served_language, item.tax_note, item.recent_changes]
    texts += [entry.title for entry in item.data_safety]
    texts += [tag.name for tag in item.tags or []]
    texts += [shown for event in item.events or [] for shown in (event.title, event.when)]
    texts += [shown for story in item.stories or [] for shown in (story.title, story.subtitle, story.label)]
    assert [text for text in texts if text and _one_line(text) not in seen] == []


def _one_line(text):
    return " ".join(text.split())
