"""The page of a run report (`runs/report.schema.json`): what it says, section by section."""
