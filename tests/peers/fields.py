"""What of a peer's answer is what of our record, and comparing the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
"""A record of ours, as a line of JSON Lines holds it."""

_SHOWN = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One answer of a peer, beside our record of the same."""

    ours: Record
    """Empty where we have none."""
    what: str
    """The app and storefront, for messages."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What was asked, and what the answer looked like that the peer has read; each method says which names there are."""


def as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One name of a peer's answer and its counterpart."""

    peer: str
    """The name there."""
    ours: str
    """The names of our fields, for the reader."""
    right: Callable[[Record], Any]
    """What our record says, in the peer's form."""
    read: Callable[[Any], Any] = as_it_is
    """The peer's value in that form, where it has one that ours is not made of: an address with another host, say."""
    numbers: tuple[int, ...] = ()
    """Of the fields of Play's record that the peer reads it from, where it looks for them at their index alone."""
    absent: Any = None
    """What the peer gives where nothing stands at any of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Something that a peer is known to get wrong: when, and what it then says in place of what is right."""

    peer: str
    method: str
    fields: tuple[str, ...]
    """Its names; `EVERY` for all that are read from numbered fields of Play's record."""
    why: str
    file: str
    source: str
    """A line of that file in the peer's package, by which it was found."""
    when: Callable[[Case, Field], bool]
    says: Callable[[Case, Field], Any]


EVERY = "*"
FOUND = "(found)"
"""A name that every answer has: whether there is something in it, or what is said in place of it."""
SOMETHING = "something"


@dataclass(slots=True, kw_only=True)
class Compared:
    """What came of comparing one method of one peer."""

    peer: str
    method: str
    fields: list[str] = field(default_factory=list)
    left_out: Mapping[str, str] = field(default_factory=dict)
    answers: int = 0
    records: int = 0
    """Of which an answer may hold many."""
    values: int = 0
    known: Counter[Wrong] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def equal(one: Any, other: Any) -> bool:
    """Whether two values of JSON are the same; unlike in Python, true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(value, other[name]) for name, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


class Comparison:
    """Compares the answers of one method of one peer, one by one."""

    def __init__(
        self,
        peer: str,
        method: str,
        fields: Sequence[Field],
        wrong: Iterable[Wrong],
        left_out: Mapping[str, str] | None = None,
    ) -> None:
        self._fields = fields
        self._wrong = [entry for entry in wrong if (entry.peer, entry.method) == (peer, method)]
        self.compared = Compared(
            peer=peer,
            method=method,
            fields=[f"{one.peer} = {one.ours}" for one in fields],
            left_out=left_out or {},
        )

    def answer(self, case: Case, found: str, due: str) -> bool:
        """Compare what the answers are: `SOMETHING`, or whatever is said in its place. Only with both there is more to compare."""
        self.compared.answers += 1
        self._value(case, Field(peer=FOUND, ours="status", right=lambda _: due), found)
        return found == due == SOMETHING

    def record(self, case: Case, answer: Mapping[str, Any], fields: Sequence[Field] | None = None) -> None:
        """Compare a record, name by name; all of the peer's names have to be known. `fields`: those that this one has."""
        self.compared.records += 1
        fields = self._fields if fields is None else fields
        due = {one.peer for one in fields} | self.compared.left_out.keys()
        for name in sorted(answer.keys() ^ due):
            told = "is compared with nothing" if name in answer else "is missing from the answer"
            self.compared.disagreements.append(f"{case.what}: {name} {told}")
        for one in fields:
            if one.peer in answer:
                self._value(case, one, one.read(answer[one.peer]))

    def equal(self, case: Case, name: str, ours: Any, theirs: Any) -> bool:
        """Compare a value that is no field of one record: the ids of a whole list, say."""
        return self._value(case, Field(peer=name, ours=name, right=lambda _: ours), theirs)

    def _value(self, case: Case, one: Field, theirs: Any) -> bool:
        self.compared.values += 1
        due = one.right(case.ours)
        for entry in self._wrong:
            applies = one.peer in entry.fields or (EVERY in entry.fields and one.numbers)
            if applies and entry.when(case, one):
                instead = entry.says(case, one)
                if not equal(instead, due):
                    self.compared.known[entry] += 1
                    due = instead
                break
        if equal(theirs, due):
            return True
        self.compared.disagreements.append(
            f"{case.what}: {one.peer} is {theirs!r:.{_SHOWN}}, due from {one.ours}: {due!r:.{_SHOWN}}"
        )
        return False
