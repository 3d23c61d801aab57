"""A local stand-in for Google Play: own process, own code, nothing shared with the parser that it is there to test."""
