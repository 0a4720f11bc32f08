"""Add sittings of exams, accommodations, calibration and what else marking needs."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_01"
down_revision = "20261125_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "accommodation",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=26), nullable=False),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_accommodation_granted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_accommodation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation")),
        sa.UniqueConstraint("once", name=op.f("uq_accommodation_once")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_accommodation_person_id_number")),
    )
    with op.batch_alter_table("accommodation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accommodation_granted_by"), ["granted_by"], unique=False
        )

    op.create_table(
        "calibration",
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("close", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("gates", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("finished_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_calibration_marker_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_calibration_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
        sa.UniqueConstraint(
            "question_id",
            "marker_id",
            "number",
            name=op.f("uq_calibration_question_id_marker_id_number"),
        ),
    )
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "marker_approval",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("module_code", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(length=26), nullable=False),
        sa.Column("approved_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_marker_approval_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_marker_approval_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marker_approval")),
    )
    with op.batch_alter_table("marker_approval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marker_approval_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "question_export",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("lesson", sa.String(length=80), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("taken_by", sa.String(length=26), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_question_export_module_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name=op.f("fk_question_export_taken_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_export")),
    )
    with op.batch_alter_table("question_export", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_export_module_version_id"), ["module_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_question_export_taken_by"), ["taken_by"], unique=False)

    op.create_table(
        "setback",
        sa.Column("source_table", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("regained", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.String(length=26), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_setback_person_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_setback_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setback")),
        sa.UniqueConstraint(
            "source_table",
            "source_id",
            "regained",
            name=op.f("uq_setback_source_table_source_id_regained"),
        ),
    )
    with op.batch_alter_table("setback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setback_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("programme_code", sa.String(length=20), nullable=False),
        sa.Column("definition_id", sa.String(length=26), nullable=False),
        sa.Column("place_id", sa.String(length=26), nullable=False),
        sa.Column("room", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("opened_by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_sitting_definition_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_sitting_opened_by")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["organisation.id"], name=op.f("fk_sitting_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("once", name=op.f("uq_sitting_once")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_opened_by"), ["opened_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_sitting_place_id"), ["place_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sitting_programme_code"), ["programme_code"], unique=False
        )

    op.create_table(
        "blinded_panel",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("definition_id", sa.String(length=26), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=26), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_blinded_panel_definition_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_blinded_panel_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_blinded_panel_made_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_blinded_panel_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blinded_panel")),
        sa.UniqueConstraint("once", name=op.f("uq_blinded_panel_once")),
    )
    with op.batch_alter_table("blinded_panel", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blinded_panel_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_blinded_panel_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_blinded_panel_person_id"), ["person_id"], unique=False)

    op.create_table(
        "identity_check",
        sa.Column("sitting_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.String(length=26), nullable=True),
        sa.Column("document", sa.String(length=20), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(length=26), nullable=False),
        sa.Column("checked_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["person.id"], name=op.f("fk_identity_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_identity_check_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_identity_check_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_identity_check_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_check")),
        sa.UniqueConstraint(
            "sitting_id",
            "person_id",
            "number",
            name=op.f("uq_identity_check_sitting_id_person_id_number"),
        ),
    )
    with op.batch_alter_table("identity_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identity_check_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "incident",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("sitting_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(length=26), nullable=False),
        sa.Column("noted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_incident_noted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_incident_person_id")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_incident_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("once", name=op.f("uq_incident_once")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("series", sa.String(length=26), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("definition_id", sa.String(length=26), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.String(length=64), nullable=False),
        sa.Column("codes", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("supervisor", sa.String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_log_entry_definition_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_log_entry_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_log_entry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("once", name=op.f("uq_log_entry_once")),
        sa.UniqueConstraint("series", "revision", name=op.f("uq_log_entry_series_revision")),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_entry_clause"), ["clause"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_log_entry_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_log_entry_person_id"), ["person_id"], unique=False)

    op.create_table(
        "marker_approval_end",
        sa.Column("approval_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(length=26), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["marker_approval.id"], name=op.f("fk_marker_approval_end_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_marker_approval_end_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marker_approval_end")),
        sa.UniqueConstraint("approval_id", name=op.f("uq_marker_approval_end_approval_id")),
    )
    op.create_table(
        "sitting_report",
        sa.Column("sitting_id", sa.String(length=26), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.String(length=26), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["person.id"], name=op.f("fk_sitting_report_signed_by")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_report_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_report")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_sitting_report_sitting_id")),
    )
    op.create_table(
        "attempt_allowance",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("accommodation_id", sa.String(length=26), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("paper_minutes", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["accommodation_id"],
            ["accommodation.id"],
            name=op.f("fk_attempt_allowance_accommodation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_allowance_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_allowance")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_attempt_allowance_attempt_id")),
    )
    op.create_table(
        "attempt_extension",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("ends_at", sa.String(length=27), nullable=False),
        sa.Column("given_by", sa.String(length=26), nullable=False),
        sa.Column("given_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_extension_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_attempt_extension_given_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_extension")),
        sa.UniqueConstraint(
            "attempt_id", "number", name=op.f("uq_attempt_extension_attempt_id_number")
        ),
        sa.UniqueConstraint("once", name=op.f("uq_attempt_extension_once")),
    )
    with op.batch_alter_table("attempt_extension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_extension_given_by"), ["given_by"], unique=False
        )

    op.create_table(
        "attempt_on_paper",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("taken_by", sa.String(length=26), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_on_paper_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name=op.f("fk_attempt_on_paper_taken_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_on_paper")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_attempt_on_paper_attempt_id")),
    )
    op.create_table(
        "attempt_void",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("gives_back", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_void_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_attempt_void_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_void")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_attempt_void_attempt_id_number")),
    )
    with op.batch_alter_table("attempt_void", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_void_proposed_by"), ["proposed_by"], unique=False
        )

    op.create_table(
        "log_answer",
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("answered_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["log_entry.id"], name=op.f("fk_log_answer_entry_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_log_answer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_answer")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_log_answer_entry_id_number")),
    )
    with op.batch_alter_table("log_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_answer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "panel_values",
        sa.Column("panel_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=False),
        sa.Column("handed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["blinded_panel.id"], name=op.f("fk_panel_values_panel_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_panel_values_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_values")),
        sa.UniqueConstraint("panel_id", name=op.f("uq_panel_values_panel_id")),
    )
    with op.batch_alter_table("panel_values", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_values_person_id"), ["person_id"], unique=False)

    op.create_table(
        "paper_entry",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("entered_by", sa.String(length=26), nullable=False),
        sa.Column("entered_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_paper_entry_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_paper_entry_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint(
            "attempt_id", "entered_by", name=op.f("uq_paper_entry_attempt_id_entered_by")
        ),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_paper_entry_attempt_id_number")),
    )
    op.create_table(
        "paper_times",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=False),
        sa.Column("noted_by", sa.String(length=26), nullable=False),
        sa.Column("noted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_paper_times_attempt_id")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_paper_times_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_times")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_paper_times_attempt_id_number")),
    )
    op.create_table(
        "seat",
        sa.Column("sitting_id", sa.String(length=26), nullable=False),
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("check_id", sa.String(length=26), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_seat_attempt_id")),
        sa.ForeignKeyConstraint(["check_id"], ["identity_check.id"], name=op.f("fk_seat_check_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_seat_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_seat_attempt_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "anchor",
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("item_id", sa.String(length=26), nullable=True),
        sa.Column("agreed_by", sa.String(length=26), nullable=False),
        sa.Column("agreed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["agreed_by"], ["person.id"], name=op.f("fk_anchor_agreed_by")),
        sa.ForeignKeyConstraint(["item_id"], ["attempt_item.id"], name=op.f("fk_anchor_item_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_anchor_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_anchor_question_id_number")),
    )
    op.create_table(
        "paper_choice",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("chosen_by", sa.String(length=26), nullable=False),
        sa.Column("chosen_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["person.id"], name=op.f("fk_paper_choice_chosen_by")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["paper_entry.id"], name=op.f("fk_paper_choice_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_paper_choice_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_choice")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_paper_choice_item_id_number")),
    )
    op.create_table(
        "second_marks",
        sa.Column("opinion_id", sa.String(length=26), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["second_opinion.id"], name=op.f("fk_second_marks_opinion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_marks")),
        sa.UniqueConstraint("opinion_id", name=op.f("uq_second_marks_opinion_id")),
    )
    op.create_table(
        "turn_release",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("released_by", sa.String(length=26), nullable=False),
        sa.Column("released_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_turn_release_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_turn_release_marker_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["person.id"], name=op.f("fk_turn_release_released_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn_release")),
    )
    with op.batch_alter_table("turn_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_release_item_id"), ["item_id"], unique=False)

    op.create_table(
        "void_decision",
        sa.Column("void_id", sa.String(length=26), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(length=26), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_void_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["void_id"], ["attempt_void.id"], name=op.f("fk_void_decision_void_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_void_decision")),
        sa.UniqueConstraint("void_id", name=op.f("uq_void_decision_void_id")),
    )
    with op.batch_alter_table("void_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_void_decision_decided_by"), ["decided_by"], unique=False
        )

    op.create_table(
        "anchor_mark",
        sa.Column("anchor_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("marked_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["anchor_id"], ["anchor.id"], name=op.f("fk_anchor_mark_anchor_id")
        ),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_anchor_mark_marker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor_mark")),
        sa.UniqueConstraint(
            "anchor_id",
            "marker_id",
            "number",
            name=op.f("uq_anchor_mark_anchor_id_marker_id_number"),
        ),
    )
    with op.batch_alter_table("anchor_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anchor_mark_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "anchor_seed",
        sa.Column("anchor_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("laid_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["anchor_id"], ["anchor.id"], name=op.f("fk_anchor_seed_anchor_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_anchor_seed_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_anchor_seed_marker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor_seed")),
        sa.UniqueConstraint("marker_id", "item_id", name=op.f("uq_anchor_seed_marker_id_item_id")),
    )
    op.create_table(
        "anchor_withdrawal",
        sa.Column("anchor_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=26), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["anchor_id"], ["anchor.id"], name=op.f("fk_anchor_withdrawal_anchor_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_anchor_withdrawal_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor_withdrawal")),
        sa.UniqueConstraint("anchor_id", name=op.f("uq_anchor_withdrawal_anchor_id")),
    )
    op.create_table(
        "file_scan",
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("scanned_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_file_scan_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_scan")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_file_scan_response_id_number")),
    )
    with op.batch_alter_table("file_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_scan_digest"), ["digest"], unique=False)

    op.create_table(
        "unblinding",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_unblinding_item_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_unblinding_opened_by")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_unblinding_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unblinding")),
    )
    with op.batch_alter_table("unblinding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unblinding_item_id"), ["item_id"], unique=False)

    op.create_table(
        "seed_mark",
        sa.Column("seed_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("marked_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["seed_id"], ["anchor_seed.id"], name=op.f("fk_seed_mark_seed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seed_mark")),
        sa.UniqueConstraint("seed_id", "number", name=op.f("uq_seed_mark_seed_id_number")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ground", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decision", sa.String(length=26), nullable=True))

    with op.batch_alter_table("second_mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ground", sa.String(length=12), nullable=True))

    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since", sa.String(length=27), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_column("since")

    with op.batch_alter_table("second_mark", schema=None) as batch_op:
        batch_op.drop_column("ground")

    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_column("decision")
        batch_op.drop_column("seconds")
        batch_op.drop_column("ground")

    op.drop_table("seed_mark")
    with op.batch_alter_table("unblinding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unblinding_item_id"))

    op.drop_table("unblinding")
    with op.batch_alter_table("file_scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_scan_digest"))

    op.drop_table("file_scan")
    op.drop_table("anchor_withdrawal")
    op.drop_table("anchor_seed")
    with op.batch_alter_table("anchor_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anchor_mark_marker_id"))

    op.drop_table("anchor_mark")
    with op.batch_alter_table("void_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_void_decision_decided_by"))

    op.drop_table("void_decision")
    with op.batch_alter_table("turn_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_release_item_id"))

    op.drop_table("turn_release")
    op.drop_table("second_marks")
    op.drop_table("paper_choice")
    op.drop_table("anchor")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_sitting_id"))
        batch_op.drop_index(batch_op.f("ix_seat_person_id"))

    op.drop_table("seat")
    op.drop_table("paper_times")
    op.drop_table("paper_entry")
    with op.batch_alter_table("panel_values", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_values_person_id"))

    op.drop_table("panel_values")
    with op.batch_alter_table("log_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_answer_person_id"))

    op.drop_table("log_answer")
    with op.batch_alter_table("attempt_void", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_void_proposed_by"))

    op.drop_table("attempt_void")
    op.drop_table("attempt_on_paper")
    with op.batch_alter_table("attempt_extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_extension_given_by"))

    op.drop_table("attempt_extension")
    op.drop_table("attempt_allowance")
    op.drop_table("sitting_report")
    op.drop_table("marker_approval_end")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_person_id"))
        batch_op.drop_index(batch_op.f("ix_log_entry_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_log_entry_clause"))

    op.drop_table("log_entry")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_sitting_id"))

    op.drop_table("incident")
    with op.batch_alter_table("identity_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_check_person_id"))

    op.drop_table("identity_check")
    with op.batch_alter_table("blinded_panel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blinded_panel_person_id"))
        batch_op.drop_index(batch_op.f("ix_blinded_panel_made_by"))
        batch_op.drop_index(batch_op.f("ix_blinded_panel_enrolment_id"))

    op.drop_table("blinded_panel")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_programme_code"))
        batch_op.drop_index(batch_op.f("ix_sitting_place_id"))
        batch_op.drop_index(batch_op.f("ix_sitting_opened_by"))

    op.drop_table("sitting")
    with op.batch_alter_table("setback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setback_person_id"))

    op.drop_table("setback")
    with op.batch_alter_table("question_export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_export_taken_by"))
        batch_op.drop_index(batch_op.f("ix_question_export_module_version_id"))

    op.drop_table("question_export")
    with op.batch_alter_table("marker_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marker_approval_person_id"))

    op.drop_table("marker_approval")
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_marker_id"))

    op.drop_table("calibration")
    with op.batch_alter_table("accommodation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accommodation_granted_by"))

    op.drop_table("accommodation")
