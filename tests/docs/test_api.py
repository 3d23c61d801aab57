"""Every public name of the Python API says what it takes and what it raises."""

from __future__ import annotations

import inspect
import re
import tomllib

import pytest

import playfast
from playfast import errors
from playfast.items import to_frame
from tests.conftest import ROOT

CLIENTS = [getattr(playfast, name) for name in playfast.__all__]
METHODS = [
    pytest.param(member, id=f"{client.__name__}.{name}")
    for client in CLIENTS
    for name, member in inspect.getmembers(client)
    if not name.startswith("_")
]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("taker", [playfast.AsyncClient, to_frame])
def test_each_parameter_is_explained(taker):
    told = inspect.getdoc(taker)
    for name in inspect.signature(taker).parameters:
        assert re.search(rf"^    {name}: \S", told, re.MULTILINE), name


@pytest.mark.parametrize("member", METHODS)
def test_each_method_says_what_it_does_and_raises(member):
    told = inspect.getdoc(member)
    assert len(told) > 40
    if not isinstance(member, property) and len(inspect.signature(member).parameters) > 1:
        assert "Raises:" in told


@pytest.mark.parametrize("name", ["ArgumentError", "ClientError", "DatabaseError"])
def test_the_errors_that_are_named_exist_and_are_of_the_family(name):
    assert issubclass(getattr(errors, name), errors.PlayfastError)
    assert f"### `{name}(" in PAGE


def test_both_clients_have_the_same_methods():
    first, second = ({name for name in dir(client) if not name.startswith("_")} for client in CLIENTS)
    assert first == second


def test_the_types_are_shipped():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "py.typed" in project["tool"]["setuptools"]["package-data"]["playfast"]
    assert (ROOT / "playfast" / "py.typed").is_file()
