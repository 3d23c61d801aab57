"""What an answer to a details call means, before any field of it is read."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from playfast.play.fields import ANSWER_RECORD
from playfast.play.record import find

_AVAILABILITY = (18, 0)
_PACKAGE_ID = (77, 0)
_ECHOED_ID = (1, 11, 0, 0)
_AVAILABLE = 2
_PREREGISTER = 1


class Status(StrEnum):
    """How asking for one app went; every record carries one."""

    AVAILABLE = "available"
    PREREGISTER = "preregister"
    NOT_IN_REGION = "not_in_region"
    NOT_FOUND = "not_found"
    INVALID_ID = "invalid_id"
    ERROR = "error"


def of_record(payload: Any, app_id: str) -> tuple[Status, str | None]:
    """The status that a details payload tells, and for `error` the reason: a record that is missing or another app's.

    Play writes 2 for an app that can be installed and 1 for one to pre-register; an app that exists but is not offered in the
    country has an empty field or none.
    """
    record = find(payload, ANSWER_RECORD)
    if record.__class__ is not list:
        return Status.ERROR, "the answer holds no record"
    said = find(record, _PACKAGE_ID) or find(payload, _ECHOED_ID)
    if said is None:
        return Status.ERROR, "the record does not say whose it is"
    if said != app_id:
        return Status.ERROR, f"the answer is for another app: {said[:100]!r}" if isinstance(
            said, str
        ) else "the package id is no text"
    availability = find(record, _AVAILABILITY)
    if availability == _AVAILABLE:
        return Status.AVAILABLE, None
    if availability == _PREREGISTER:
        return Status.PREREGISTER, None
    return Status.NOT_IN_REGION, None
