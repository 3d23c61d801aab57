"""Tables for what all other spiders give; the history takes changes of developers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_ANY = sa.Text().with_variant(JSONB(), "postgresql")
_IS_ASKED = sa.text("asked IS NOT NULL")

_APP = ("app_id", "country", "lang")
_ASKED = ("asked", "country", "lang")
_RECORDS: dict[str, tuple[str, ...]] = {
    "permissions": _APP,
    "data_safety": _APP,
    "availability": _APP,
    "developers": _ASKED,
}
_SERIES: dict[str, tuple[str, ...]] = {
    "review_sweeps": ("app_id", "lang"),
    "listings": (*_ASKED, "list", "app_id"),
    "listing_sweeps": _ASKED,
    "presence": ("app_id", "lang"),
    "suggestions": ("term", "country", "lang"),
    "categories": ("category", "country", "lang"),
    "collections": (*_ASKED, "list"),
}


def upgrade() -> None:
    """Make the tables, and room for a developer's key in the history. SQLite copies its table of changes for it."""
    op.add_column("runs", sa.Column("items", _ANY, nullable=False, server_default=sa.text("'[]'")))
    op.execute("UPDATE runs SET items = '[\"apps\"]'")  # nothing else was kept before
    with op.batch_alter_table("changes") as changes:
        changes.alter_column("app_id", existing_type=sa.Text, nullable=True)
        changes.add_column(sa.Column("asked", sa.Text))
    op.create_index(
        "changes_of_asked",
        "changes",
        ["asked", "country", "lang", "at"],
        sqlite_where=_IS_ASKED,
        postgresql_where=_IS_ASKED,
    )
    for table, key in _RECORDS.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.Text, primary_key=True) for name in key),
            sa.Column("first_seen_at", _MOMENT),
            sa.Column("seen_at", _MOMENT),
            sa.Column("failed_at", _MOMENT),
            sa.Column("failure", sa.Text),
            sa.Column("known", _NUMBER, sa.ForeignKey("field_sets.id")),
            sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), nullable=False),
        )
    op.create_table(
        "reviews",
        sa.Column("app_id", sa.Text, primary_key=True),
        sa.Column("review_id", sa.Text, primary_key=True),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), nullable=False),
    )
    for table, key in _SERIES.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.Text, primary_key=True) for name in key),
            sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), primary_key=True, autoincrement=False),
        )
        op.create_index(f"{table}_of_run", table, ["run_id"])


def downgrade() -> None:
    """Take away what came with this migration, and with it what is kept of other items than apps."""
    for table in ("reviews", *_SERIES, *_RECORDS):
        op.drop_table(table)
    op.drop_index("changes_of_asked", "changes")
    op.execute("DELETE FROM changes WHERE item <> 'apps'")
    with op.batch_alter_table("changes") as changes:
        changes.drop_column("asked")
        changes.alter_column("app_id", existing_type=sa.Text, nullable=False)
    op.drop_column("runs", "items")  # not in a copy, which would take the place of what other tables refer to
