"""The HTTP side: options, faults, counting, routes."""
