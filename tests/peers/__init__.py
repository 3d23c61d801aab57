"""Two independent scrapers of Google Play read the local store, and our spiders beside them: each has to say the same."""
