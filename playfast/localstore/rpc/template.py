"""Requests that have changed, as when Play changes them: pages ask in the new form, calls in the former one get no payload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import orjson

FORMS = {
    "context": ("[[[]]],null,null,null,null,[null,2],", "[[[]]],null,null,null,null,[null,4],"),
    "layouts": (",183,222,8,", ",183,222,223,8,"),
}
"""What may be told to change, each with the text in the former form and in the new one."""
_RENAMED = re.compile(r"rpc:(\w+)=(\w+)", re.ASCII)
T = TypeVar("T")


class Template(NamedTuple):
    """What has changed: texts of requests, former and new, and ids of RPCs."""

    texts: tuple[tuple[str, str], ...] = ()
    ids: tuple[tuple[str, str], ...] = ()

    def page(self, script: bytes) -> bytes:
        """A script of a page, with its requests in the new form."""
        for former, new in self.texts:
            script = script.replace(former.encode(), new.encode())
        for former, new in self.ids:
            script = script.replace(f"{{id:'{former}'".encode(), f"{{id:'{new}'".encode())
        return script

    def renamed(self, rpcs: Mapping[str, T]) -> dict[str, T]:
        """RPCs by their new ids."""
        new = dict(self.ids)
        return {new.get(id_, id_): rpc for id_, rpc in rpcs.items()}

    def is_former(self, arguments: str) -> bool:
        """Whether a call is in the form that is no longer understood."""
        if not self.texts:
            return False
        try:
            written = orjson.dumps(orjson.loads(arguments)).decode()
        except orjson.JSONDecodeError:
            return False
        return any(former in written for former, _ in self.texts)


NO_CHANGE = Template()


def read(words: tuple[str, ...]) -> Template:
    """What words on the command line say; ValueError for others than there are."""
    texts, ids = [], []
    for word in words:
        if word in FORMS:
            texts.append(FORMS[word])
        elif found := _RENAMED.fullmatch(word):
            ids.append((found[1], found[2]))
        else:
            raise ValueError(word)
    return Template(tuple(texts), tuple(ids))
