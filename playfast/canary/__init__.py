"""`scrapy canary`: a few dozen questions to the store, asked once, by page and by RPC, and what has moved since the parser was written."""
