"""The commands of the project, beside those of Scrapy: one per file."""
