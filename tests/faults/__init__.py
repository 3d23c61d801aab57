"""Every kind of trouble on every way to a record, and what comes of it."""
