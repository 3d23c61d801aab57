"""Answers that were changed at random, for everything that reads answers."""
