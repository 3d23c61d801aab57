"""Tables for the store's own list of all apps."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SHARD = ("shard", "generation")
_TABLES: dict[str, tuple[str, ...]] = {
    "catalog_apps": (*_SHARD, "app_id"),
    "catalog_shards": _SHARD,
    "catalog_changes": (*_SHARD, "change", "app_id"),
    "catalog_comparisons": _SHARD,
    "catalog_estimates": ("seed", "generation"),
}


def upgrade() -> None:
    """Make the tables."""
    for table, key in _TABLES.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.Text, primary_key=True) for name in key),
            sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), primary_key=True, autoincrement=False),
        )
        op.create_index(f"{table}_of_run", table, ["run_id"])


def downgrade() -> None:
    """Take away what came with this migration, and with it what is kept of the catalog."""
    for table in _TABLES:
        op.drop_table(table)
