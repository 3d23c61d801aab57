"""GET of the sitemaps, and the truth about them."""

from __future__ import annotations

from playfast.localstore.page.sitemaps import ORIGIN, index, shard
from playfast.localstore.sitemaps import Generation

from .asked import Asked
from .reply import TEXT, Reply

PATH = "/sitemaps/"
INDICES = ("sitemaps-index-0.xml", "sitemaps-index-1.xml")
_XML, _GZIP = b"text/xml; charset=UTF-8", b"application/x-gzip"


def of_robots() -> list[bytes]:
    """The lines of robots.txt that name them, at the genuine store's address whatever this one's is."""
    return [f"Sitemap: {ORIGIN}{PATH}{name}\n".encode() for name in INDICES]


def sitemap(asked: Asked, name: str) -> Reply | None:
    """An index or a shard by its name; None where there is no such file, or no more."""
    store = asked.store
    if store.faults.breaks_page(name):
        return store.unavailable("sitemap")
    current, coming = store.sitemaps.current, store.sitemaps.coming
    if name in INDICES:
        # While they are published, the first index is new already, and the second still the old one.
        of = coming if coming is not None and name == INDICES[0] else current
        half = -(-of.shards // 2)
        numbers = range(half) if name == INDICES[0] else range(half, of.shards)
        return Reply("sitemap", content_type=_XML, parts=[index([of.name(number) for number in numbers])])
    for generation in (current, coming):
        number = None if generation is None else generation.shard_of(name)
        if generation is not None and number is not None:
            body = shard(number, generation.of_shard(number), store.options.alternates)
            return Reply("sitemap", content_type=_GZIP, parts=[body], is_file=True)
    return None


class Sitemaps:
    """The generation that the store serves, and the one that is being published."""

    def __init__(self, shards: int, apps: int, seed: int) -> None:
        self._about = shards, apps, seed
        self._made: dict[int, Generation] = {}
        self.current = self.generation(0)
        self.coming: Generation | None = None

    def generation(self, number: int) -> Generation:
        """One of them, be it served or not."""
        if number not in self._made:
            self._made[number] = Generation(number, *self._about)
        return self._made[number]

    def serve(self, number: int, *, republishing: bool) -> None:
        """Serve this generation; while it is republished, the next one beside it."""
        self.current = self.generation(number)
        self.coming = self.generation(number + 1) if republishing else None


def ids_of(asked: Asked) -> Reply:
    """The ids that a generation lists, one a line."""
    generation = asked.store.sitemaps.generation(_number(asked))
    return Reply("control", 200, TEXT, stream=(f"{app_id}\n".encode() for app_id in generation.ids()))


def counts_of(asked: Asked) -> tuple[Generation, list[int]]:
    """A generation, and how many ids each of its shards lists."""
    generation = asked.store.sitemaps.generation(_number(asked))
    return generation, generation.counts()


def _number(asked: Asked) -> int:
    """The number of the generation that was asked for; raises ValueError for anything else."""
    text = asked.query.get("generation", str(asked.store.options.generation))
    if not (text.isascii() and text.isdecimal()):
        message = f"generation must be a whole number, 0 or more, not {text}"
        raise ValueError(message)
    return int(text)
