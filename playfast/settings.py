"""The project's settings: only what departs from Scrapy's defaults, each with its reason."""

from __future__ import annotations

import os
from importlib.util import find_spec

BOT_NAME = "playfast"
SPIDER_MODULES = ["playfast.spiders"]
COMMANDS_MODULE = "playfast.commands"

# Where to ask; another address (the local store's, say) may be given here, with -s, or in the environment.
PLAYFAST_URL = os.environ.get("PLAYFAST_URL", "https://play.google.com")

# --- Pace -----------------------------------------------------------------------------------------------------------------------
# One POST a second, two in flight: 32 apps a second. Public sources report 2 requests a second as safe for long, and 12 for bursts of 48.
# Your own values win, here or on the command line. PLAYFAST_PACE names other paces: brisk, unpaced, or a number of requests a second.
DOWNLOAD_DELAY = 1
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# ROBOTSTXT_OBEY is yours to decide (README, "Responsible use"): with True, a record says what was not asked.

# Default 180. A pack takes about a second.
DOWNLOAD_TIMEOUT = 60
# Default 1 GB, unpacked, and fifteen of them at once. The largest recorded page has 1.3 MB, a pack of 1,000 whole records some 12 MB.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
# Default ERROR. A request that Scrapy gives up is asked in another way, and what stays without an answer says so in its record.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# --- Manners and safety ---------------------------------------------------------------------------------------------------------
USER_AGENT = "Mozilla/5.0 (compatible; playfast-scrapy)"
# Default False: any certificate would be taken.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Default True: a server on this machine that runs code for whoever reads its token.
REMOTE_CONTROL_ENABLED = False
# Default True: the same, over telnet.
TELNETCONSOLE_ENABLED = False
# Default True. Play needs none, and they would tie requests together.
COOKIES_ENABLED = False

# --- Speed: what Scrapy does for each answer or record that is of no use here ------------------------------------------------------
# Default 100: that many tasks are started for every answer, be it of one record or 32. 16 were 4 % faster than 2 (docs/performance.md).
CONCURRENT_ITEMS = 16
# Default True: reads the callback's source again for every answer.
WARN_ON_GENERATOR_RETURN_VALUE = False
METAREFRESH_ENABLED = False
# Default: Python's own loop. uvloop's takes a twentieth off a crawl; there is none for Windows.
if find_spec("uvloop") is not None:
    ASYNCIO_EVENT_LOOP = "uvloop.Loop"
# Each is a layer that every record passes through, for requests that callbacks make; here `start` makes them all.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
LOG_FORMATTER = "playfast.log_formatter.QuietLogFormatter"

DOWNLOAD_HANDLERS = {
    "http": "playfast.handlers.timed.TimedDownloadHandler",
    "https": "playfast.handlers.timed.TimedDownloadHandler",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    # In the place of the one above.
    "playfast.middlewares.retry.PatientRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    # In the place of the one above.
    "playfast.middlewares.decompression.QuickDecompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    # In the place of the one above, but above the decompression: where a redirect leads is judged with all other answers.
    "playfast.middlewares.redirect.PlainRedirectMiddleware": 570,
    # Just before Scrapy's own of 750, which takes user and password out of a proxy's address.
    "playfast.middlewares.proxies.ProxyMiddleware": 740,
    # Behind the decompression, since it reads bodies, and below everything that acts on an answer.
    "playfast.middlewares.trouble.TroubleMiddleware": 585,
    # Default 900, below the decompression; but its policy has to read the answers.
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": 580,
}
# Both take effect where HTTPCACHE_ENABLED is switched on.
HTTPCACHE_POLICY = "playfast.middlewares.cache.AnsweredOnlyPolicy"

# --- Output ---------------------------------------------------------------------------------------------------------------------
# Exports a record that a pipeline dropped as an error, instead of leaving it out.
ITEM_PROCESSOR = "playfast.pipelines.manager.KeepingPipelineManager"
ITEM_PIPELINES = {
    # Before your own, so that they see checked values.
    "playfast.pipelines.validation.ValidationPipeline": 200,
    # Last of all: it counts what is exported.
    "playfast.pipelines.coverage.CoveragePipeline": 900,
}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    # In the places of the two above.
    "playfast.extensions.core_stats.DirectCoreStats": 0,
    "playfast.extensions.feeds.WatchedFeedExporter": 0,
    # Behind the feeds: a record is theirs first.
    "playfast.extensions.bookkeeper.Bookkeeper": 10,
    "playfast.extensions.measure.Measure": 500,
    "playfast.extensions.printable_log.PrintableLog": 505,
    # Each reads the ones above it.
    "playfast.extensions.progress.Progress": 510,
    "playfast.extensions.report.RunReport": 520,
    "playfast.extensions.drift.DriftWatch": 530,
    # The report is in the folder by then.
    "playfast.extensions.run_folder.RunFolder": 540,
}
FEED_EXPORTERS = {
    "csv": "playfast.exporters.csv_table.FastCsvExporter",
    "json": "playfast.exporters.json_array.FastJsonExporter",
    "jsonl": "playfast.exporters.jsonlines.FastJsonLinesExporter",
    "jsonlines": "playfast.exporters.jsonlines.FastJsonLinesExporter",
    "jl": "playfast.exporters.jsonlines.FastJsonLinesExporter",
    "parquet": "playfast.exporters.parquet.ParquetExporter",
    "xml": "playfast.exporters.xml_document.XmlDocumentExporter",
}
# A terminal is shown no control characters; a file is written in larger blocks.
FEED_STORAGES = {
    "stdout": "playfast.extensions.terminal.TerminalFeedStorage",
    "": "playfast.extensions.feed_file.BlockFeedStorage",
    "file": "playfast.extensions.feed_file.BlockFeedStorage",
}
# Default None: JSON would escape everything that is not ASCII.
FEED_EXPORT_ENCODING = "utf-8"
# Default DEBUG: a line for every request.
LOG_LEVEL = "INFO"
# Default True. There is a table instead; -s STATS_DUMP=1 prints every statistic.
STATS_DUMP = False
