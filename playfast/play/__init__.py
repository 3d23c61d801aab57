"""What Google Play speaks: bytes in, values out. Nothing here imports Scrapy."""
