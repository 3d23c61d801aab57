"""The spiders: they plan calls and route answers, and parse nothing themselves."""
