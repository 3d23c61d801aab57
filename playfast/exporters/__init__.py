"""Feed exporters: one class per file."""
