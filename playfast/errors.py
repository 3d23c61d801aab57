"""The errors of playfast: one small family, so that a caller can catch all of it by one name."""

from __future__ import annotations


class PlayfastError(Exception):
    """Base of all errors of this package; never raised itself."""


class ArgumentError(PlayfastError, ValueError):
    """Spider arguments that cannot be used; raised by `playfast.arguments` before the first request.

    `problems` holds one sentence per mistake: all of them, not only the first.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class SourceError(PlayfastError):
    """A list of ids that cannot be read (no such file, an address that does not answer); by `playfast.sources`."""


class ClientError(PlayfastError):
    """A client that is closed, or that cannot work in its process (a fork, another reactor); raised by `playfast.client`."""


class CrawlEndsError(PlayfastError):
    """A request that was not sent because the crawl ends; raised by `playfast.middlewares`, and no record is made of it."""


class ProxyPausedError(PlayfastError):
    """A request that waited for a proxy which may not be used for a while; raised and caught by `playfast.middlewares`."""


class DatabaseError(PlayfastError):
    """A database that cannot be used (an address that is none, a server that is down, a later version); raised by `playfast.storage`."""


class LedgerError(PlayfastError):
    """A ledger that cannot be used (no ledger, another crawl's, a full disk); raised by those of `playfast.runs.ledger`."""


class OversizedError(PlayfastError):
    """An answer that is larger than any of Play's, packed or unpacked; raised by `playfast.middlewares.decompression`."""


class UnreadableError(PlayfastError, ValueError):
    """A value under a field's path that is not of the field's type.

    Raised by `play.record`, `play.convert` and `play.parts`; caught by `play.fields`, whose caller counts it.
    """


class EnvelopeError(PlayfastError):
    """A batchexecute body that is no such body, or was cut short; raised by `play.envelope`."""


class PageError(PlayfastError):
    """An HTML page without the block that was looked for, or a cut one; raised by `play.page`."""


class TemplateError(PlayfastError, ValueError):
    """Request templates that cannot be used; raised by `playfast.play.templates`.

    `problems` holds one sentence per mistake: all of them, not only the first.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class SitemapError(PlayfastError):
    """A sitemap that cannot be read (cut short, spoilt, of another form), or does not fit the others; raised by `play.sitemap`."""


class RepublishedError(SitemapError):
    """Sitemaps of two generations side by side: the store is publishing a new one; raised by `play.generation`."""


class RecordingError(PlayfastError):
    """An answer that cannot be kept as a test case; raised by `playfast.recording`.

    `problems` holds one sentence per reason: all of them, not only the first.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class ReportError(PlayfastError):
    """A file that is no run report, or one of another version; raised by `playfast.runs.report`.

    `problems` holds one sentence per mistake: all of them, not only the first.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
