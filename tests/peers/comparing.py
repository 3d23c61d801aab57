"""Everything that is compared, and what is wrong with it in the end."""

from __future__ import annotations

from types import ModuleType

from tests.peers import peers
from tests.peers.fields import Compared, Comparison
from tests.peers.methods import (
    app,
    charts,
    datasafety,
    developer,
    permissions,
    reviews,
    search,
    similar,
    suggest,
)
from tests.peers.peers import Peer
from tests.peers.running import Run
from tests.peers.wrong import WRONG

METHODS: dict[str, ModuleType] = {
    "app": app,
    "reviews": reviews,
    "permissions": permissions,
    "datasafety": datasafety,
    "developer": developer,
    "similar": similar,
    "search": search,
    "list": charts,
    "suggest": suggest,
}
PAIRS = tuple(
    (peer, method) for peer in peers.ALL for method, module in METHODS.items() if peer.name in module.FIELDS
)
"""Each peer with each of its methods."""


def compared(run: Run, peer: Peer, method: str) -> Compared:
    """Ask one method of a peer, and our spider beside it."""
    module = METHODS[method]
    comparison = Comparison(peer.name, method, module.FIELDS[peer.name], WRONG, module.LEFT_OUT)
    module.compare(run, peer, comparison)
    return comparison.compared


def problems(run: Run, peer: Peer, done: Compared) -> list[str]:
    """Why a comparison has failed; nothing, if it has not.

    What a peer is known to get wrong has to be there: the line of its source, and an answer that shows it. Else the table of these
    things would hide mistakes of ours in the end.
    """
    found = list(done.disagreements)
    for entry in WRONG:
        if (entry.peer, entry.method) != (done.peer, done.method):
            continue
        names = ", ".join(entry.fields)
        if entry.source not in run.source(peer, entry.file):
            found.append(f"{names}: {entry.source!r} is not in {entry.file}, so who says that {entry.why}?")
        if not done.known[entry]:
            found.append(f"{names}: no answer shows that {entry.why}")
    return found
