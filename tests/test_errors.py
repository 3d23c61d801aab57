from __future__ import annotations

import inspect

import pytest

from playfast import errors

FAMILY = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__
]


@pytest.mark.parametrize("kind", FAMILY)
def test_one_name_catches_them_all(kind):
    assert issubclass(kind, errors.PlayfastError)


@pytest.mark.parametrize("kind", FAMILY)
def test_each_says_who_raises_it(kind):
    assert "raise" in kind.__doc__.lower() or "by `playfast" in kind.__doc__


def test_an_argument_error_names_every_problem():
    error = errors.ArgumentError(["a is missing", "b is no number"])
    assert error.problems == ["a is missing", "b is no number"]
    assert str(error) == "a is missing; b is no number"


@pytest.mark.parametrize("kind", [errors.ArgumentError, errors.UnreadableError])
def test_errors_about_a_value_are_value_errors(kind):
    assert issubclass(kind, ValueError)
