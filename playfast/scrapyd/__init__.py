"""What Scrapyd is given of ours: an application that does not start open, and a `schedule.json` that refuses what would be lost.

Named in scrapyd.conf, and imported by Scrapyd alone.
"""
