"""Self-contained HTML pages with charts.

`frame.page` puts parts into one file; `markup` makes them, `figures`, `lines` and `charts` those with charts. `words` writes numbers,
`library` holds the chart library, `files` writes. All these know nothing of crawls; `run` is the page of a run report.
"""
