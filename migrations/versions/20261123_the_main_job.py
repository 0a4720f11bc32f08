"""Add what the main job needs: practicals, slips, remediation."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_01"
down_revision = "20261122_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "practical",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_practical_module_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical")),
        sa.UniqueConstraint(
            "module_version_id", "code", name=op.f("uq_practical_module_version_id_code")
        ),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("practical")
