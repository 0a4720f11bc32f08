"""Add what examiners need: results that supersede, withdrawn evidence, runs."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_01"
down_revision = "20261124_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "angoff_panel",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.Column("opened_by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_angoff_panel_module_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_angoff_panel_opened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_angoff_panel")),
    )
    with op.batch_alter_table("angoff_panel", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_angoff_panel_module_version_id"), ["module_version_id"], unique=False
        )

    op.create_table(
        "question_review",
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=26), nullable=False),
        sa.Column("reviewed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_review_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["person.id"], name=op.f("fk_question_review_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_review")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_review_question_id_number")
        ),
    )
    op.create_table(
        "regrade_run",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=26), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_regrade_run_module_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_regrade_run_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_run")),
    )
    with op.batch_alter_table("regrade_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_regrade_run_module_version_id"), ["module_version_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_regrade_run_proposed_by"), ["proposed_by"], unique=False
        )

    op.create_table(
        "angoff_sheet",
        sa.Column("panel_id", sa.String(length=26), nullable=False),
        sa.Column("judge_id", sa.String(length=26), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.LargeBinary(), nullable=False),
        sa.Column("rated_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["judge_id"], ["person.id"], name=op.f("fk_angoff_sheet_judge_id")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["angoff_panel.id"], name=op.f("fk_angoff_sheet_panel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_angoff_sheet")),
        sa.UniqueConstraint(
            "panel_id", "judge_id", "round", name=op.f("uq_angoff_sheet_panel_id_judge_id_round")
        ),
    )
    op.create_table(
        "angoff_step",
        sa.Column("panel_id", sa.String(length=26), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.String(length=26), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["angoff_panel.id"], name=op.f("fk_angoff_step_panel_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_angoff_step_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_angoff_step")),
        sa.UniqueConstraint("panel_id", "step", name=op.f("uq_angoff_step_panel_id_step")),
    )
    op.create_table(
        "attestation",
        sa.Column("once", sa.String(length=26), nullable=False),
        sa.Column("series", sa.String(length=26), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("definition_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("assessors", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attested_by", sa.String(length=26), nullable=False),
        sa.Column("attested_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attested_by"], ["person.id"], name=op.f("fk_attestation_attested_by")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_attestation_definition_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attestation_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attestation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sa.UniqueConstraint("once", name=op.f("uq_attestation_once")),
        sa.UniqueConstraint("series", "revision", name=op.f("uq_attestation_series_revision")),
    )
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attestation_attested_by"), ["attested_by"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attestation_clause"), ["clause"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attestation_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attestation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "evidence_withdrawal",
        sa.Column("evidence_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("because_table", sa.String(length=60), nullable=False),
        sa.Column("because_id", sa.String(length=26), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_withdrawal_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evidence_withdrawal_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_withdrawal")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_evidence_withdrawal_evidence_id")),
    )
    with op.batch_alter_table("evidence_withdrawal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_withdrawal_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "regrade_decision",
        sa.Column("run_id", sa.String(length=26), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(length=26), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_regrade_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["regrade_run.id"], name=op.f("fk_regrade_decision_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_decision")),
        sa.UniqueConstraint("run_id", name=op.f("uq_regrade_decision_run_id")),
    )
    op.create_table(
        "appeal",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appealed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_appeal_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_appeal_attempt_id_number")),
    )
    op.create_table(
        "second_opinion",
        sa.Column("attestation_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attestation_id"], ["attestation.id"], name=op.f("fk_second_opinion_attestation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_second_opinion_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinion")),
        sa.UniqueConstraint("attestation_id", name=op.f("uq_second_opinion_attestation_id")),
    )
    with op.batch_alter_table("second_opinion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_second_opinion_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "appeal_decision",
        sa.Column("appeal_id", sa.String(length=26), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(length=26), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_decision_appeal_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_appeal_decision_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_decision")),
        sa.UniqueConstraint("appeal_id", name=op.f("uq_appeal_decision_appeal_id")),
    )
    op.create_table(
        "escalation",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("escalated_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_escalation_item_id")
        ),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_escalation_marker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_escalation_item_id_number")),
    )
    op.create_table(
        "second_call",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("called_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_second_call_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_call")),
        sa.UniqueConstraint("item_id", name=op.f("uq_second_call_item_id")),
    )
    op.create_table(
        "second_mark",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=True),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("marked_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_second_mark_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_second_mark_marker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_mark")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_second_mark_item_id_number")),
    )
    with op.batch_alter_table("second_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_mark_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "second_turn",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_second_turn_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["person.id"], name=op.f("fk_second_turn_marker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_turn")),
        sa.UniqueConstraint("item_id", name=op.f("uq_second_turn_item_id")),
    )
    with op.batch_alter_table("second_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_turn_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "turn",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["attempt_item.id"], name=op.f("fk_turn_item_id")),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_turn_marker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("item_id", name=op.f("uq_turn_item_id")),
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "mark_comparison",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("first_id", sa.String(length=26), nullable=False),
        sa.Column("second_id", sa.String(length=26), nullable=False),
        sa.Column("within", sa.Boolean(), nullable=False),
        sa.Column("compared_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["mark.id"], name=op.f("fk_mark_comparison_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_mark_comparison_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["second_mark.id"], name=op.f("fk_mark_comparison_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_comparison")),
        sa.UniqueConstraint("item_id", name=op.f("uq_mark_comparison_item_id")),
    )
    op.create_table(
        "moderation",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("mark_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moderator_id", sa.String(length=26), nullable=False),
        sa.Column("moderated_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["attempt_item.id"], name=op.f("fk_moderation_item_id")
        ),
        sa.ForeignKeyConstraint(["mark_id"], ["mark.id"], name=op.f("fk_moderation_mark_id")),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["person.id"], name=op.f("fk_moderation_moderator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
        sa.UniqueConstraint("item_id", name=op.f("uq_moderation_item_id")),
    )
    with op.batch_alter_table("certificate_act", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counts_from", sa.Date(), nullable=True))
        batch_op.alter_column(
            "act",
            existing_type=sa.VARCHAR(length=20),
            type_=sa.String(length=30),
            existing_nullable=False,
        )

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("counts_from", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_result_attempt_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_result_attempt_id_number"), ["attempt_id", "number"]
        )


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_result_attempt_id_number"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_result_attempt_id"), ["attempt_id"])
        batch_op.drop_column("counts_from")
        batch_op.drop_column("number")

    with op.batch_alter_table("certificate_act", schema=None) as batch_op:
        batch_op.alter_column(
            "act",
            existing_type=sa.String(length=30),
            type_=sa.VARCHAR(length=20),
            existing_nullable=False,
        )
        batch_op.drop_column("counts_from")

    op.drop_table("moderation")
    op.drop_table("mark_comparison")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_marker_id"))

    op.drop_table("turn")
    with op.batch_alter_table("second_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_turn_marker_id"))

    op.drop_table("second_turn")
    with op.batch_alter_table("second_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_mark_marker_id"))

    op.drop_table("second_mark")
    op.drop_table("second_call")
    op.drop_table("escalation")
    op.drop_table("appeal_decision")
    with op.batch_alter_table("second_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_opinion_person_id"))

    op.drop_table("second_opinion")
    op.drop_table("appeal")
    op.drop_table("regrade_decision")
    with op.batch_alter_table("evidence_withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_withdrawal_person_id"))

    op.drop_table("evidence_withdrawal")
    with op.batch_alter_table("attestation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attestation_person_id"))
        batch_op.drop_index(batch_op.f("ix_attestation_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_attestation_clause"))
        batch_op.drop_index(batch_op.f("ix_attestation_attested_by"))

    op.drop_table("attestation")
    op.drop_table("angoff_step")
    op.drop_table("angoff_sheet")
    with op.batch_alter_table("regrade_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrade_run_proposed_by"))
        batch_op.drop_index(batch_op.f("ix_regrade_run_module_version_id"))

    op.drop_table("regrade_run")
    op.drop_table("question_review")
    with op.batch_alter_table("angoff_panel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_angoff_panel_module_version_id"))

    op.drop_table("angoff_panel")
