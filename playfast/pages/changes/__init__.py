"""The page of what a crawl found changed: content for `pages.frame`."""
