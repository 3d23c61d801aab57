"""For scrapyd-deploy, which would write a setup.py of its own that takes every package in this folder. Everything is in pyproject.toml."""

from setuptools import setup

setup()
