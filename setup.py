"""For scrapyd-deploy, which builds an egg by way of this file; everything it says stands in pyproject.toml."""

from setuptools import setup

setup()
