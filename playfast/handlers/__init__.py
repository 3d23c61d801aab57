"""Download handlers: one class per file."""
