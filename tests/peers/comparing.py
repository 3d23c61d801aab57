"""Everything that is compared, and what is wrong with it in the end."""

from __future__ import annotations

from collections.abc import Iterator

from tests.peers import peers
from tests.peers.fields import Compared
from tests.peers.methods import app
from tests.peers.peers import Peer
from tests.peers.running import Run
from tests.peers.wrong import WRONG

METHODS = {
    "app": app,
}
PAIRS = tuple(
    (peer, method) for peer in peers.ALL for method, module in METHODS.items() if peer.name in module.FIELDS
)
"""Each peer with each of its methods."""


def compare(run: Run) -> Iterator[tuple[Peer, Compared]]:
    """All of it."""
    for peer, method in PAIRS:
        yield peer, METHODS[method].compared(run, peer)


def problems(run: Run, peer: Peer, compared: Compared) -> list[str]:
    """Why a comparison has failed; nothing, if it has not.

    What a peer is known to get wrong has to be there: the line of its source, and an answer that shows it. Else the table of these
    things would hide mistakes of ours in the end.
    """
    found = list(compared.disagreements)
    for entry in WRONG:
        if (entry.peer, entry.method) != (compared.peer, compared.method):
            continue
        names = ", ".join(entry.fields)
        if entry.source not in run.source(peer, entry.file):
            found.append(f"{names}: {entry.source!r} is not in {entry.file}, so who says that {entry.why}?")
        if not compared.known[entry]:
            found.append(f"{names}: no answer shows that {entry.why}")
    return found
