"""The whole page of what a crawl found changed."""

from __future__ import annotations

from playfast.pages import frame, words
from playfast.pages.changes.sections import sections
from playfast.pages.markup import element
from playfast.storage.findings import Summary


def changes_page(told: Summary, name: str) -> str:
    """The page as text; `name` is what the database is called.

    Raises:
        playfast.pages.library.LibraryMissingError: no chart library is installed.
    """
    when = words.moment(told.run.started_at.isoformat())
    total = sum(told.records.values())
    header = element(
        "header",
        element("h1", "Changes, ", element("time", when, datetime=told.run.started_at.isoformat())),
        element("p", f"{name} · {words.of(total, 'record')} kept", class_="soft"),
    )
    return frame.page(f"changes, {when}", header, *sections(told))
