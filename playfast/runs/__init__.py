"""What a crawl keeps about itself."""
