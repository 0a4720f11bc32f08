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
        "fault",
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.String(length=27), nullable=False),
        sa.Column("last_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
        sa.UniqueConstraint("place", "item", name=op.f("uq_fault_place_item")),
    )
    op.create_table(
        "worker_seen",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.String(length=27), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_seen")),
        sa.UniqueConstraint("name", name=op.f("uq_worker_seen_name")),
    )
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
    op.create_table(
        "roster_import",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("refused", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.LargeBinary(), nullable=False),
        sa.Column("applied_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_import_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
        sa.UniqueConstraint("once", name=op.f("uq_roster_import_once")),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_import_person_id"), ["person_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=26), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=False),
        sa.Column("written_by", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_slip_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("person_id", "batch", name=op.f("uq_slip_person_id_batch")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_slip_person_id_number")),
    )
    op.create_table(
        "upload",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("person_id", "digest", name=op.f("uq_upload_person_id_digest")),
    )
    op.create_table(
        "remediation_plan",
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lessons", sa.LargeBinary(), nullable=False),
        sa.Column("instructor_id", sa.String(length=26), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_remediation_plan_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["person.id"], name=op.f("fk_remediation_plan_instructor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remediation_plan")),
        sa.UniqueConstraint(
            "enrolment_id", "number", name=op.f("uq_remediation_plan_enrolment_id_number")
        ),
    )
    with op.batch_alter_table("remediation_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remediation_plan_instructor_id"), ["instructor_id"], unique=False
        )

    op.create_table(
        "sheet",
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("practical_id", sa.String(length=26), nullable=False),
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_sheet_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["module_version_id"], ["module_version.id"], name=op.f("fk_sheet_module_version_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_sheet_opened_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sheet_person_id")),
        sa.ForeignKeyConstraint(
            ["practical_id"], ["practical.id"], name=op.f("fk_sheet_practical_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint(
            "enrolment_id",
            "practical_id",
            "number",
            name=op.f("uq_sheet_enrolment_id_practical_id_number"),
        ),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_opened_by"), ["opened_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_practical_id"), ["practical_id"], unique=False)

    op.create_table(
        "slip_use",
        sa.Column("slip_id", sa.String(length=26), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["slip_id"], ["slip.id"], name=op.f("fk_slip_use_slip_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_use")),
        sa.UniqueConstraint("slip_id", name=op.f("uq_slip_use_slip_id")),
    )
    op.create_table(
        "practical_result",
        sa.Column("sheet_id", sa.String(length=26), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_practical_result_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_result")),
        sa.UniqueConstraint("sheet_id", name=op.f("uq_practical_result_sheet_id")),
    )
    op.create_table(
        "sign_off",
        sa.Column("sheet_id", sa.String(length=26), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("assessors", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("taps_digest", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_off_person_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sign_off_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("sheet_id", "part", name=op.f("uq_sign_off_sheet_id_part")),
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_off_person_id"), ["person_id"], unique=False)

    op.create_table(
        "tap",
        sa.Column("sheet_id", sa.String(length=26), nullable=False),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("tapped_at", sa.String(length=27), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_tap_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tap")),
        sa.UniqueConstraint(
            "sheet_id", "client", "sequence", name=op.f("uq_tap_sheet_id_client_sequence")
        ),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_tap_sheet_id_number")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_programme_code"), ["programme_code"], unique=False
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_name_id", ["name", "id"], unique=False)

    with op.batch_alter_table("session_held", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_session_held_begun_at"), ["begun_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_held_ended_at"), ["ended_at"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("session_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_held_ended_at"))
        batch_op.drop_index(batch_op.f("ix_session_held_begun_at"))
        batch_op.drop_column("device")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name_id")

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_programme_code"))

    op.drop_table("tap")
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_off_person_id"))

    op.drop_table("sign_off")
    op.drop_table("practical_result")
    op.drop_table("slip_use")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_practical_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_person_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_opened_by"))

    op.drop_table("sheet")
    with op.batch_alter_table("remediation_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remediation_plan_instructor_id"))

    op.drop_table("remediation_plan")
    op.drop_table("upload")
    op.drop_table("slip")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_person_id"))

    op.drop_table("roster_import")
    op.drop_table("practical")
    op.drop_table("worker_seen")
    op.drop_table("fault")
