"""The project's settings: only what departs from Scrapy's defaults, each line with its reason."""

from __future__ import annotations

import os

BOT_NAME = "playfast"
SPIDER_MODULES = ["playfast.spiders"]
COMMANDS_MODULE = "playfast.commands"

# Where to ask; another address (the local store's, say) may be given here, with -s, or in the environment.
PLAYFAST_URL = os.environ.get("PLAYFAST_URL", "https://play.google.com")

# --- Pace -----------------------------------------------------------------------------------------------------------------------
# One POST a second, two in flight: 32 apps a second, well below what public sources report as tolerated (2 requests a second for long;
# 12 a second for bursts of 48). Your own values win, from the command line or here. Named steps, from what docs/architecture.md measured
# against the local store:
#   polite   DOWNLOAD_DELAY = 1      CONCURRENT_REQUESTS = 2     32 apps/s (this one)
#   brisk    DOWNLOAD_DELAY = 0.5    CONCURRENT_REQUESTS = 4     64 apps/s; the most that public sources report as safe for long
#   unpaced  DOWNLOAD_DELAY = 0      CONCURRENT_REQUESTS = 15    as fast as it answers: for the local store and benchmarks
DOWNLOAD_DELAY = 1
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# ROBOTSTXT_OBEY is yours to decide (README, "Responsible use"): with True, a record says what was not asked.
RETRY_TIMES = (
    2  # Scrapy's own default, written out since playfast/spiders/plan.py goes on where these retries end
)
DOWNLOAD_TIMEOUT = 60  # default 180; a pack takes about a second

# --- Manners and safety ---------------------------------------------------------------------------------------------------------
USER_AGENT = "Mozilla/5.0 (compatible; playfast-scrapy)"
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False: any certificate would be taken
REMOTE_CONTROL_ENABLED = (
    False  # default True: a server on the machine that runs code for whoever reads its token
)
TELNETCONSOLE_ENABLED = False  # the same, without a token
COOKIES_ENABLED = False  # Play needs none, and they would tie requests together

# --- Speed: what Scrapy does for each response or item that is of no use here -----------------------------------------------------
CONCURRENT_ITEMS = 2  # default 100: that many tasks are started for every response
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True: reads the callback's source again for every response
METAREFRESH_ENABLED = False
LOG_FORMATTER = "playfast.log_formatter.QuietLogFormatter"

DOWNLOAD_HANDLERS = {
    "http": "playfast.handlers.timed.TimedDownloadHandler",
    "https": "playfast.handlers.timed.TimedDownloadHandler",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "playfast.middlewares.retry.PatientRetryMiddleware": 550,  # in the place of the one above
}
HTTPCACHE_POLICY = (
    "playfast.middlewares.cache.AnsweredOnlyPolicy"  # used where HTTPCACHE_ENABLED is switched on
)

# --- Output ---------------------------------------------------------------------------------------------------------------------
ITEM_PIPELINES = {"playfast.pipelines.coverage.CoveragePipeline": 900}  # last: it counts what is exported
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "playfast.extensions.feeds.WatchedFeedExporter": 0,  # in the place of the one above
    "playfast.extensions.measure.Measure": 500,
}
FEED_EXPORTERS = {
    "jsonl": "playfast.exporters.jsonlines.FastJsonLinesExporter",
    "jsonlines": "playfast.exporters.jsonlines.FastJsonLinesExporter",
    "jl": "playfast.exporters.jsonlines.FastJsonLinesExporter",
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"  # default DEBUG: a line for every request
STATS_DUMP = False  # a table at the end instead; -s STATS_DUMP=1 prints all statistics
