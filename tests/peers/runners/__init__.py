"""Scripts that run in the peers' environments: each reads a task from standard input, and prints the answers to its calls, in their order."""
