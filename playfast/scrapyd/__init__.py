"""For Scrapyd, which `scrapyd.conf` tells of these: it starts with a password, and refuses jobs that could not run."""
