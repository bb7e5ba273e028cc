"""The order of what was heard last in a dialogue, so that words that come late answer no later question."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dialogue", sa.Column("heard", sa.Float(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("dialogue", "heard")
