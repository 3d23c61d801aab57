"""Apps, runs and changes. Columns for an app's fields come with the fields (`storage.upgrade`)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_ANY = sa.Text().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        sa.Column("id", _NUMBER, sa.Identity(), primary_key=True),
        sa.Column("spider", sa.Text, nullable=False),
        sa.Column("arguments", _ANY, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("outcome", sa.Text),
    )
    op.create_table(
        "field_sets",
        sa.Column("id", _NUMBER, sa.Identity(), primary_key=True),
        sa.Column("names", _ANY, nullable=False),
    )
    op.create_table(
        "apps",
        sa.Column("app_id", sa.Text, primary_key=True),
        sa.Column("country", sa.Text, primary_key=True),
        sa.Column("lang", sa.Text, primary_key=True),
        sa.Column("first_seen_at", _MOMENT),
        sa.Column("seen_at", _MOMENT),
        sa.Column("failed_at", _MOMENT),
        sa.Column("failure", sa.Text),
        sa.Column("known", _NUMBER, sa.ForeignKey("field_sets.id")),
        sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("id", _NUMBER, sa.Identity(), primary_key=True),
        sa.Column("run_id", _NUMBER, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("app_id", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("lang", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("before", _ANY),
        sa.Column("after", _ANY),
    )
    op.create_index("changes_of_key", "changes", ["app_id", "country", "lang", "at"])
    op.create_index("changes_at", "changes", ["at"])
    op.create_index("changes_of_run", "changes", ["run_id"])


def downgrade() -> None:
    """Take the tables away, with all that is in them."""
    for table in ("changes", "apps", "field_sets", "runs"):
        op.drop_table(table)
