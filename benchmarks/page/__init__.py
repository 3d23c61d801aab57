"""The page of the benchmarks: the latest run of a machine, and how its numbers came to be over the runs before.

`page` puts it together. `past` chooses the runs, `units` and `changes` write numbers; each of the others makes one part.
"""
