"""What playfast's speed, size and memory claims are measured by."""
