"""playfast: Scrapy spiders for the public data of Google Play."""

__version__ = "0.1.0"
