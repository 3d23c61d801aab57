"""The ids of an earlier list of all apps: the feed of a crawl of the catalog, or a plain list.

Its rows say which sitemap each app stood in, so a feed of a part of them is told from one of all. Of a plain list nobody can know.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from playfast.errors import SourceError
from playfast.play.generation import number_of
from playfast.sources import app_ids, feed

_OF_FEED = ("app_id", "generation", "shard")
_SLACK = 3.0
"""So many times more shards may be empty than chance makes empty."""


def read(lines: Iterable[str], name: str) -> Iterator[str]:
    """The ids, in order; `name` is what messages call the list.

    Raises:
        SourceError: it cannot be read, holds what is no id, is of several generations, or of a part of one.
    """
    rest = enumerate(lines, 1)
    number, first = next(((number, line) for number, line in rest if line.strip()), (0, ""))
    if not first:
        raise SourceError(f"{name} is empty")
    numbered = chain([(number, first)], rest)
    if feed.is_json(first):
        yield from _of_rows(feed.json_records(numbered, name), name)
    elif set(_OF_FEED) <= set(first.strip().split(",")):
        rows = csv.DictReader((line for _, line in numbered), strict=True)
        try:
            yield from _of_rows(((number + rows.line_num - 1, row) for row in rows), name)
        except csv.Error as error:
            # The reader counts the lines of a row once it has read it.
            raise SourceError(
                f"the row that begins in line {number + rows.line_num} of {name} is no CSV: {error}"
            ) from error
    else:
        app_id = None
        for app_id in app_ids.read(line for _, line in numbered):
            if (found := app_ids.problem(app_id)) is not None:
                raise SourceError(f"{name} holds {app_id[:60]!r}: {found}")
            yield app_id
        if app_id is None:
            raise SourceError(f"{name} holds no id")


def _of_rows(rows: Iterable[tuple[int, Any]], name: str) -> Iterator[str]:
    """The ids of rows, once it is sure that these are of one generation; at their end, that they are of all of it."""
    generation: str | None = None
    shards = bytearray()
    count = 0
    for number, row in rows:
        lacking = [field for field in _OF_FEED if not isinstance(row.get(field), str) or not row[field]]
        if lacking:
            raise SourceError(
                f"the record in line {number} of {name} has no {', '.join(lacking)}; a feed of the catalog has {', '.join(_OF_FEED)}"
            )
        try:
            place, of = number_of(row["shard"])
            shards = shards or bytearray(of)
            shards[place] = 1
        except (ValueError, IndexError, MemoryError, OverflowError) as error:
            raise SourceError(
                f"the record in line {number} of {name} has shard {row['shard'][:60]!r}; due is one like 00017-of-83445"
            ) from error
        generation = generation or row["generation"]
        if row["generation"] != generation:
            raise SourceError(
                f"the record in line {number} of {name} is of generation {row['generation'][:20]!r}, and those before of {generation!r}: "
                "the list of one generation is due"
            )
        if (found := app_ids.problem(row["app_id"])) is not None:
            raise SourceError(f"the record in line {number} of {name} has {row['app_id'][:60]!r}: {found}")
        count += 1
        yield row["app_id"]
    if not count:
        raise SourceError(f"{name} holds no id")
    seen = sum(shards)
    # Apps are spread over the shards by chance, so this many have none.
    if len(shards) - seen > _SLACK * len(shards) * math.exp(-count / seen):
        raise SourceError(
            f"{name} has apps of {seen:,} of {len(shards):,} sitemaps alone: a part of a list cannot be compared with the whole"
        )
