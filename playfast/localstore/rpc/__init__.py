"""The RPCs that the store answers: one file each, and one line each in `routes.RPCS`."""
