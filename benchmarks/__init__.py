"""What this project says of its speed and memory, as commands that anybody can run again: `python -m benchmarks`."""
