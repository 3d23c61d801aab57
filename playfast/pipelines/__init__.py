"""Item pipelines: one class per file. None of them ever drops a record."""
