from __future__ import annotations

import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime

import pytest
from itemadapter import ItemAdapter

from playfast.items import App
from playfast.play.fields import docs, key_names, sources
from playfast.play.nested import Category, PermissionGroup

KEY = ("app_id", "country", "lang", "status", "error", "fetched_at", "via", "url")
TYPES = typing.get_type_hints(App)
NAMES = [field.name for field in fields(App)]


def app(**values):
    return App(
        **{"app_id": "org.example.kettle", "country": "us", "lang": "en", "status": "available", **values}
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_field_says_what_it_means_and_where_it_comes_from(name):
    assert sources(App)[name] is not None
    meaning = docs(App)[name]
    assert meaning.strip() == meaning
    assert meaning.endswith(".")
    assert len(meaning) > 10


@pytest.mark.parametrize("name", [name for name in NAMES if name not in KEY])
def test_every_value_may_be_absent(name):
    """What Play does not say is None, never a default that looks like data."""
    field = next(field for field in fields(App) if field.name == name)
    assert field.default is None
    assert field.default_factory is MISSING
    assert type(None) in typing.get_args(TYPES[name])


def test_every_record_begins_with_its_key():
    assert tuple(NAMES[: len(KEY)]) == KEY == key_names(App)


@pytest.mark.parametrize("missing", ["app_id", "country", "lang", "status"])
def test_a_record_without_whose_it_is_cannot_be_made(missing):
    given = {"app_id": "a.b", "country": "us", "lang": "en", "status": "available"}
    del given[missing]
    with pytest.raises(TypeError):
        App(**given)


def test_fields_are_given_by_name_only():
    with pytest.raises(TypeError):
        App("a.b", "us", "en", "available")


def test_a_name_that_is_no_field_cannot_be_set():
    record = app()
    assert not hasattr(record, "__dict__")
    with pytest.raises(AttributeError):
        record.titel = "typo"


def test_scrapy_reads_it_as_an_item():
    record = ItemAdapter(app(title="Kettle"))
    assert is_dataclass(App)
    assert list(record.field_names()) == NAMES
    assert record["title"] == "Kettle"
    assert record["score"] is None
    assert record.asdict().keys() == set(NAMES)


def test_scrapy_reads_what_stands_inside_as_dicts():
    record = app(
        categories=(Category("TOOLS", "Tools"),), permissions=(PermissionGroup("other", None, ("network",)),)
    )
    told = ItemAdapter(record).asdict()
    assert told["categories"] == ({"id": "TOOLS", "name": "Tools"},)
    assert told["permissions"] == ({"kind": "other", "group": None, "permissions": ("network",)},)


def test_its_json_schema_says_what_stands_inside():
    properties = ItemAdapter.get_json_schema(App)["properties"]
    [category] = [kind["items"] for kind in properties["categories"]["anyOf"] if kind["type"] == "array"]
    assert category["properties"]["name"]["type"] == ["null", "string"]
    [size] = [kind["items"] for kind in properties["icon_size"]["anyOf"] if kind["type"] == "array"]
    assert size == {"type": "integer"}


def test_its_json_schema_describes_every_field():
    schema = ItemAdapter.get_json_schema(App)
    assert list(schema["properties"]) == NAMES
    for name in NAMES:
        assert schema["properties"][name]["description"] == docs(App)[name]
    assert set(schema["required"]) == {"app_id", "country", "lang", "status"}


@pytest.mark.parametrize(
    "name", [name for name, declared in TYPES.items() if datetime in (declared, *typing.get_args(declared))]
)
def test_a_time_says_it_is_utc(name):
    assert "UTC" in docs(App)[name] or name == "fetched_at"


def test_names_are_words_of_lower_case():
    assert all(name.isascii() and name == name.lower() and name.isidentifier() for name in NAMES)
    assert len(set(NAMES)) == len(NAMES)
