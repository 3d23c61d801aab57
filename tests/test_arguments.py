from __future__ import annotations

import sys

import pytest

from playfast import arguments
from playfast.arguments import Argument, Arguments, Mistake
from playfast.errors import ArgumentError
from playfast.items import App
from playfast.play.fields import key_names, sources
from playfast.play.verdict import Status
from playfast.spiders.apps import AppsSpider


def problems(declared, **given):
    with pytest.raises(ArgumentError) as caught:
        Arguments(*declared).check(given)
    return caught.value.problems


def value(argument, given):
    return Arguments(argument).check({argument.name: given})[argument.name]


def _loud(text):
    if text != text.upper():
        raise Mistake("shout")
    return text


LOUD = Argument("loud", "text", "What to shout.", _loud)
MILD = Argument("mild", "text", "What to say.", str, "hello")


# All arguments together


def test_values_are_read_and_defaults_fill_the_rest():
    assert Arguments(LOUD, MILD).check({"loud": "HO"}) == {"loud": "HO", "mild": "hello"}
    assert Arguments(LOUD, MILD).check({"loud": "HO", "mild": "x"}) == {"loud": "HO", "mild": "x"}
    assert Arguments().check({}) == {}


def test_every_mistake_is_told_at_once():
    told = problems(
        [LOUD, MILD, arguments.countries(), arguments.langs()],
        mlid="x",
        loud="ho",
        countries="xx,zz",
        langs="q",
        nothing="",
    )
    assert len(told) == 5
    text = "\n".join(told)
    for word in ("mlid", "nothing", "loud=", "shout", "countries=", "'xx'", "'zz'", "langs="):
        assert word in text


def test_arguments_are_told_as_text_as_given_or_else_by_default():
    declared = Arguments(LOUD, MILD, arguments.countries())
    assert declared.as_text({"loud": "HO"}) == {"loud": "HO", "mild": "hello", "countries": "us"}
    assert declared.as_text({"loud": "HO", "countries": " KR,us"}) == {
        "loud": "HO",
        "mild": "hello",
        "countries": " KR,us",
    }


@pytest.mark.parametrize(
    ("given", "text"),
    [(["us", "kr"], "us,kr"), (("us",), "us"), ([], ""), (32, "32"), (True, "True"), ("", "")],
)
def test_arguments_from_python_are_told_as_the_command_line_would_have_them(given, text):
    assert Arguments(MILD).as_text({"mild": given}) == {"mild": text}


def test_arguments_that_are_not_declared_or_missing_are_not_told():
    assert Arguments(LOUD, MILD).as_text({"_job": "7", "nothing": "x"}) == {"mild": "hello"}
    assert Arguments().as_text({"mild": "x"}) == {}


def test_what_is_told_can_be_given_again():
    given = {"ids": ["com.example.one", "com.example.two"], "countries": ["kr", "us"], "batch": 7, "limit": 5}
    text = AppsSpider.arguments.as_text(given)
    assert all(isinstance(told, str) for told in text.values())
    assert AppsSpider.arguments.as_text(text) == text
    assert AppsSpider.arguments.check(given) == AppsSpider.arguments.check(text)


def test_a_required_argument_that_is_missing_is_told_with_its_help():
    (told,) = problems([LOUD, MILD])
    assert "loud" in told
    assert "What to shout." in told


def test_an_unknown_argument_is_told_with_the_nearest_or_with_all():
    (told,) = problems([MILD, arguments.countries()], country="us")
    assert "countries" in told
    (told,) = problems([MILD, arguments.countries()], zzz="us")
    assert "mild" in told
    assert "countries" in told


def test_names_with_an_underscore_in_front_are_left_alone():
    """Scrapyd passes `_job`."""
    assert Arguments(MILD).check({"_job": "abc"}) == {"mild": "hello"}
    with pytest.raises(ArgumentError, match="unknown argument _read"):  # it would take the place of a method
        Arguments(MILD).check({"_read": "5"})


def test_a_long_value_is_shown_short():
    (told,) = problems([LOUD], loud="x" * 10_000)
    assert len(told) < 200


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["us", "de"], "us,de"),
        (("us", "de"), "us,de"),
        ([5, 6], "5,6"),
        (5, "5"),
        (True, "True"),
        ({"us"}, "us"),
        ([], ""),
    ],
)
def test_values_from_python_are_read_like_those_from_the_command_line(given, read):
    assert value(MILD, given) == read


# Countries and languages


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("us", ["us"]),
        ("US", ["us"]),
        ("us,de,jp", ["us", "de", "jp"]),
        (" us , DE ,", ["us", "de"]),
        ("de,us,DE,de", ["de", "us"]),
        (["us", "de"], ["us", "de"]),
        ("xk", ["xk"]),
    ],
)
def test_countries_are_codes_in_the_given_order_each_once(given, codes):
    assert value(arguments.countries(), given) == codes


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("uk", "gb"), ("UK", "gb"), ("en", "us"), ("ja", "jp"), ("ko", "kr"),
        ("Germany", "de"), ("united kingdom", "gb"), ("Åland Islands", "ax"), ("South Korea", "kr"),
    ],
)  # fmt: skip
def test_a_country_that_means_another_code_is_told_which(given, hint):
    (told,) = problems([arguments.countries()], countries=given)
    assert f"did you mean {hint}?" in told


@pytest.mark.parametrize("given", ["", ",", " , ", []])
def test_an_empty_list_of_countries_is_a_mistake(given):
    (told,) = problems([arguments.countries()], countries=given)
    assert "empty" in told


@pytest.mark.parametrize("given", ["usa", "u", "us;de", "us de", "all", "*", "ZZ", "u\u0073\u0307"])
def test_what_is_no_country_is_a_mistake(given):
    assert len(problems([arguments.countries()], countries=given)) == 1


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("en", ["en"]),
        ("EN", ["en"]),
        ("pt_BR", ["pt-BR"]),
        ("pt-br,zh_tw,sr-latn,es_419", ["pt-BR", "zh-TW", "sr-Latn", "es-419"]),
        ("en-US,en_us", ["en-US"]),
    ],
)
def test_languages_are_written_as_play_writes_them(given, codes):
    assert value(arguments.langs(), given) == codes


@pytest.mark.parametrize("given", ["xx", "english", "en-XX", "en--US", ""])
def test_what_is_no_language_of_play_is_a_mistake(given):
    assert len(problems([arguments.langs()], langs=given)) == 1


def test_the_nearest_language_is_told():
    (told,) = problems([arguments.langs()], langs="pt-BT")
    assert "did you mean pt-" in told


# Fields


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ("title", ["title"]),
        ("title,score", ["title", "score"]),
        ("Title, SCORE ,title", ["title", "score"]),
        (["score", "title"], ["score", "title"]),
        ("app_id,title,status", ["title"]),  # the key is there anyway, once
        ("app_id", []),
    ],
)
def test_fields_come_with_the_key_in_front(given, chosen):
    assert value(arguments.fields(App), given) == [*key_names(App), *chosen]


def test_all_fields_are_no_choice():
    assert value(arguments.fields(App), "all") is None


@pytest.mark.parametrize(
    ("given", "hint"),
    [("tilte", "title"), ("titles", "title"), ("scores", "score"), ("min_install", "min_installs")],
)
def test_the_nearest_field_is_told(given, hint):
    (told,) = problems([arguments.fields(App)], fields=given)
    assert f"did you mean {hint}?" in told


def test_every_field_can_be_chosen():
    everything = list(sources(App))
    assert sorted(value(arguments.fields(App), everything)) == sorted(everything)


# Statuses to ask again

RETRY = arguments.retry(Status)


@pytest.mark.parametrize(
    ("given", "statuses"),
    [
        ("none", None),
        ("error", ["error"]),
        (" Error, not_found,error", ["error", "not_found"]),
        (["error", "invalid_id"], ["error", "invalid_id"]),
        (list(Status), [str(status) for status in Status]),
    ],
)
def test_statuses_to_ask_again_are_those_of_records(given, statuses):
    assert value(RETRY, given) == statuses


@pytest.mark.parametrize("given", ["", ",", "all", "errors", "error;not_found", "none,error"])
def test_another_status_to_ask_again_is_a_mistake(given):
    assert len(problems([RETRY], retry=given)) == 1


def test_an_unknown_status_is_told_with_the_nearest_and_all_that_are_valid():
    (told,) = problems([RETRY], retry="errror")
    assert "retry='errror'" in told
    assert "did you mean error?" in told
    assert all(status in told for status in Status)


# Choices and numbers


@pytest.mark.parametrize("given", ["rpc", "RPC", " rpc "])
def test_a_choice_is_one_of_its_options(given):
    assert value(arguments.choice("via", ["rpc", "page"], "How.", "rpc"), given) == "rpc"


@pytest.mark.parametrize("given", ["", "pages please", "rpc,page", "both"])
def test_another_choice_is_told_the_options(given):
    (told,) = problems([arguments.choice("via", ["rpc", "page"], "How.", "rpc")], via=given)
    assert "rpc, page" in told


SHARE = arguments.percent("sample", "How much.")
SPANS = arguments.spans("shards", "Which.")


@pytest.mark.parametrize(
    ("given", "share"), [("", None), ("0.1", 0.1), ("100", 100), (" 5% ", 5), (0.25, 0.25), ("1e-3", 0.001)]
)
def test_a_share_is_percent(given, share):
    assert value(SHARE, given) == share


@pytest.mark.parametrize("given", ["0", "-1", "100.1", "nan", "inf", "some", "1,5", "%"])
def test_another_share_is_told(given):
    (told,) = problems([SHARE], sample=given)
    assert "a number of percent is due" in told


@pytest.mark.parametrize(
    ("given", "numbers"),
    [("", None), ("7", [7]), ("0-3,9", [0, 1, 2, 3, 9]), ([4, 5], [4, 5]), (" 2 , 1-1 ", [2, 1])],
)
def test_spans_of_numbers(given, numbers):
    found = value(SPANS, given)
    assert (None if found is None else [number for span in found for number in span]) == numbers


@pytest.mark.parametrize("given", ["-1", "1-", "a", "1-2-3", "1.5", "٣", "0-9999999999", "5000000000"])
def test_what_is_no_span_is_told_with_all_others(given):
    (told,) = problems([SPANS], shards=f"{given},9-3")
    assert repr(given) in told
    assert "'9-3' ends before it begins" in told


BATCH = arguments.whole_number("batch", "Apps in one POST.", "32", least=1, most=1000)
LIMIT = arguments.whole_number("limit", "At most so many.", "", least=1)


@pytest.mark.parametrize(
    ("argument", "given", "number"),
    [
        (BATCH, "1", 1),
        (BATCH, "1000", 1000),
        (BATCH, 32, 32),
        (BATCH, " 5 ", 5),
        (LIMIT, "", None),
        (LIMIT, "3000000", 3_000_000),
    ],
)
def test_a_number_within_its_bounds_is_read(argument, given, number):
    assert value(argument, given) == number


@pytest.mark.parametrize(
    ("argument", "given"),
    [
        (BATCH, "0"), (BATCH, "1001"), (BATCH, "-1"), (BATCH, "x"), (BATCH, "1.5"), (BATCH, 1.5), (BATCH, "1e3"), (BATCH, "9" * 5000), (BATCH, True),
        (LIMIT, "0"), (LIMIT, "-5"), (LIMIT, "none"),
    ],
)  # fmt: skip
def test_a_number_out_of_its_bounds_is_told_them(argument, given):
    (told,) = problems([argument], **{argument.name: given})
    assert "1 to 1000" in told or "1 or more" in told


# The spider's own


def test_the_apps_spider_is_content_with_ids_alone():
    read = AppsSpider.arguments.check({"ids": "com.example.one"})
    assert list(read["ids"].lines()) == ["com.example.one"]
    del read["ids"]
    assert read == {
        "countries": ["us"],
        "langs": ["en"],
        "fields": None,
        "only": None,
        "retry": None,
        "ledger": None,
        "browser": "none",
        "screenshots": None,
        "limit": None,
        "via": "rpc",
        "batch": 32,
    }


def test_ids_may_be_a_list_from_python():
    read = AppsSpider.arguments.check({"ids": ["com.example.one", "com.example.two"]})
    assert list(read["ids"].lines()) == ["com.example.one", "com.example.two"]


@pytest.mark.parametrize("given", ["", [], "missing.txt", "http://["])
def test_ids_that_lead_nowhere_are_a_mistake(given):
    with pytest.raises(ArgumentError) as caught:
        AppsSpider.arguments.check({"ids": given})
    assert len(caught.value.problems) == 1


def test_a_limit_is_one_that_can_be_counted_to():
    """`itertools.islice` takes no more; a crawl would fail at its start, after its arguments were found good."""
    try:
        limit = AppsSpider.arguments.check({"ids": "a.b", "limit": "9" * 30})["limit"]
    except ArgumentError:
        return
    assert limit <= sys.maxsize
