"""Scripts that run in the peers' environments. Each reads a task, a JSON object, from standard input, and prints what it found as JSON."""
