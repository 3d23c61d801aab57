"""Crawls that are killed over and over, and go on."""
