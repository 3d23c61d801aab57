"""What `permissions` of either peer is known to get wrong."""

from __future__ import annotations

from tests.peers.fields import FOUND, Case, Field, Wrong
from tests.peers.methods import permissions
from tests.peers.wrong.saying import says

_PYPI = "features/permissions.py"


def _has_ungrouped(case: Case, _field: Field) -> bool:
    return any(group["group"] is None for group in case.ours["permissions"] or ())


NPM = (
    Wrong(
        peer="npm",
        method="permissions",
        fields=("permission, type",),
        why="those without a group are left out",
        file="lib/permissions.js",
        source="const permissions = Object.values(constants.permission).reduce(",
        when=_has_ungrouped,
        says=lambda case, _: [row for row in permissions.rows(case.ours) if row["type"] is not None],
    ),
)
PYPI = (
    Wrong(
        peer="pypi",
        method="permissions",
        fields=(FOUND,),
        why="an app that there is not makes it fail",
        file=_PYPI,
        source="container = json.loads(matches[0][2])",
        when=lambda case, _: case.ours["status"] == "not_found",
        says=says("TypeError: the JSON object must be str, bytes or bytearray, not NoneType"),
    ),
    Wrong(
        peer="pypi",
        method="permissions",
        fields=(FOUND,),
        why="an app that asks for none makes it fail",
        file=_PYPI,
        source="if len(permission_items[0]) == 2:",
        when=lambda case, _: not case.ours["permissions"],
        says=says("IndexError: list index out of range"),
    ),
)
