"""Other tools that read Google Play, at fixed versions, each in an environment of its own, against the same local store."""
