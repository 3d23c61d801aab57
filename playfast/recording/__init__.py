"""`scrapy record`: one answer of the store, kept as a test case, without what it says of people."""
