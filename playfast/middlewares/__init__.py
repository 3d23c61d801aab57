"""Downloader middlewares and cache policies: one class per file."""
