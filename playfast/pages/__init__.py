"""Self-contained HTML pages with charts.

`frame`, `markup`, `charts`, `words`, `library` and `files` know nothing of crawls; `run` is the page of a run report.
"""
