"""Lay every table of the house."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "checkpoint",
        sa.Column("log", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("log", "size", name=op.f("uq_checkpoint_log_size")),
    )
    op.create_table(
        "definition",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("kind", "code", "number", name=op.f("uq_definition_kind_code_number")),
    )
    op.create_table(
        "epoch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_epoch")),
        sa.UniqueConstraint("number", name=op.f("uq_epoch_number")),
    )
    op.create_table(
        "event",
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_table", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index(
            "ix_event_subject", ["subject_table", "subject_id", "at"], unique=False
        )

    op.create_table(
        "leaf",
        sa.Column("log", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaf")),
        sa.UniqueConstraint("log", "entry_id", name=op.f("uq_leaf_log_entry_id")),
        sa.UniqueConstraint("log", "position", name=op.f("uq_leaf_log_position")),
    )
    op.create_table(
        "log",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("verifier_key", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
        sa.UniqueConstraint("name", name=op.f("uq_log_name")),
    )
    op.create_table(
        "module_version",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("folder_digest", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_version")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_module_version_code_number")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_module_version_code_version")),
    )
    with op.batch_alter_table("module_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_version_code"), ["code"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("parent_id", sa.String(length=26), nullable=True),
        sa.Column("path", sa.String(length=540), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("path", name=op.f("uq_organisation_path")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "refusal",
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("endpoint", sa.String(length=100), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("refused_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
    )
    with op.batch_alter_table("refusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refusal_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_try",
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("login_digest", sa.String(length=64), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_try_address", ["address_digest", "at"], unique=False)
        batch_op.create_index("ix_sign_in_try_login", ["login_digest", "at"], unique=False)

    op.create_table(
        "signature",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("printed_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("meaning", sa.String(length=40), nullable=False),
        sa.Column("subject_table", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("proved_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"], ["module_version.id"], name=op.f("fk_lesson_module_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint(
            "module_version_id",
            "locale",
            "code",
            name=op.f("uq_lesson_module_version_id_locale_code"),
        ),
    )
    op.create_table(
        "module_file",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_module_file_module_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_file")),
        sa.UniqueConstraint(
            "module_version_id", "path", name=op.f("uq_module_file_module_version_id_path")
        ),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("native_name", sa.String(length=200), nullable=True),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("disabled_at", sa.String(length=27), nullable=True),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "question",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("lesson", sa.String(length=80), nullable=False),
        sa.Column("critical", sa.String(length=20), nullable=False),
        sa.Column("points", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"], ["module_version.id"], name=op.f("fk_question_module_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint(
            "module_version_id", "code", name=op.f("uq_question_module_version_id_code")
        ),
    )
    op.create_table(
        "completion",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("programme_code", sa.String(length=20), nullable=False),
        sa.Column("definition_id", sa.String(length=26), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("sending_id", sa.String(length=26), nullable=False),
        sa.Column("delivering_id", sa.String(length=26), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.LargeBinary(), nullable=False),
        sa.Column("basis_digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_completion_definition_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_completion_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint(
            "person_id",
            "programme_code",
            "basis_digest",
            name=op.f("uq_completion_person_id_programme_code_basis_digest"),
        ),
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_completion_person_id"), ["person_id"], unique=False)

    op.create_table(
        "content_act",
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("as_regulator", sa.Boolean(), nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("acted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_content_act_module_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_content_act_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_act")),
        sa.UniqueConstraint(
            "module_version_id", "number", name=op.f("uq_content_act_module_version_id_number")
        ),
    )
    op.create_table(
        "enrolment",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("programme_code", sa.String(length=20), nullable=True),
        sa.Column("sending_id", sa.String(length=26), nullable=False),
        sa.Column("delivering_id", sa.String(length=26), nullable=False),
        sa.Column("enrolled_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivering_id"], ["organisation.id"], name=op.f("fk_enrolment_delivering_id")
        ),
        sa.ForeignKeyConstraint(
            ["module_version_id"],
            ["module_version.id"],
            name=op.f("fk_enrolment_module_version_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(
            ["sending_id"], ["organisation.id"], name=op.f("fk_enrolment_sending_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "person_id", "module_version_id", name=op.f("uq_enrolment_person_id_module_version_id")
        ),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enrolment_delivering_id"), ["delivering_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enrolment_module_version_id"), ["module_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_sending_id"), ["sending_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("competency", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("counts_until", sa.Date(), nullable=True),
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("source_table", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.String(length=26), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_version_id"], ["module_version.id"], name=op.f("fk_evidence_module_version_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "source_table",
            "source_id",
            "competency",
            name=op.f("uq_evidence_source_table_source_id_competency"),
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_holder", ["person_id", "competency"], unique=False)

    op.create_table(
        "key_proposal",
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_key_proposal_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_proposal")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_key_proposal_question_id_number")
        ),
    )
    op.create_table(
        "level_held",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("competency", sa.String(length=20), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.LargeBinary(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_level_held_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_held")),
        sa.UniqueConstraint(
            "person_id",
            "competency",
            "practice",
            "number",
            name=op.f("uq_level_held_person_id_competency_practice_number"),
        ),
    )
    with op.batch_alter_table("level_held", schema=None) as batch_op:
        batch_op.create_index("ix_level_held_holder", ["person_id", "practice"], unique=False)

    op.create_table(
        "password",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_password_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password")),
    )
    with op.batch_alter_table("password", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_person_id"), ["person_id"], unique=False)

    op.create_table(
        "question_key",
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_key_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_key")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_key_question_id_number")
        ),
    )
    op.create_table(
        "role_held",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_held_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "organisation_id",
            "granted_at",
            name=op.f("uq_role_held_person_id_role_organisation_id_granted_at"),
        ),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_held_person_id"), ["person_id"], unique=False)

    op.create_table(
        "session_held",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("begun_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_held_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_held")),
    )
    with op.batch_alter_table("session_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_held_person_id"), ["person_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("module_version_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("deadline", sa.String(length=27), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["module_version_id"], ["module_version.id"], name=op.f("fk_attempt_module_version_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("enrolment_id", "number", name=op.f("uq_attempt_enrolment_id_number")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_person_id"), ["person_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("completion_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("sending_id", sa.String(length=26), nullable=False),
        sa.Column("delivering_id", sa.String(length=26), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("facts_digest", sa.String(length=64), nullable=False),
        sa.Column("reserved_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_certificate_completion_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_certificate_completion_id")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_delivering_id"), ["delivering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_sending_id"), ["sending_id"], unique=False)

    op.create_table(
        "lesson_read",
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("lesson_code", sa.String(length=60), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_lesson_read_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_read")),
        sa.UniqueConstraint(
            "enrolment_id", "lesson_code", name=op.f("uq_lesson_read_enrolment_id_lesson_code")
        ),
    )
    with op.batch_alter_table("lesson_read", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_read_enrolment_id"), ["enrolment_id"], unique=False
        )

    op.create_table(
        "attempt_item",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("variant", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("points", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_item_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_attempt_item_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_item")),
        sa.UniqueConstraint(
            "attempt_id", "position", name=op.f("uq_attempt_item_attempt_id_position")
        ),
    )
    op.create_table(
        "certificate_act",
        sa.Column("certificate_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("params", sa.LargeBinary(), nullable=False),
        sa.Column("acted_by", sa.String(length=26), nullable=False),
        sa.Column("acted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_act_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_act")),
        sa.UniqueConstraint(
            "certificate_id", "number", name=op.f("uq_certificate_act_certificate_id_number")
        ),
    )
    op.create_table(
        "lease",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_lease_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_lease_attempt_id_number")),
    )
    op.create_table(
        "result",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.Column("released_by", sa.String(length=26), nullable=False),
        sa.Column("released_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_result_attempt_id")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_result_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_result_attempt_id")),
    )
    op.create_table(
        "sealed_file",
        sa.Column("certificate_id", sa.String(length=26), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_sealed_file_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_file")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_sealed_file_certificate_id")),
    )
    op.create_table(
        "submission",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("submitted_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_submission_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_submission_attempt_id")),
    )
    op.create_table(
        "mark",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.String(length=26), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=True),
        sa.Column("rubric_digest", sa.String(length=64), nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("marked_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["attempt_item.id"], name=op.f("fk_mark_item_id")),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_mark_marker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_mark_item_id_number")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mark_marker_id"), ["marker_id"], unique=False)

    op.create_table(
        "response",
        sa.Column("attempt_id", sa.String(length=26), nullable=False),
        sa.Column("item_id", sa.String(length=26), nullable=True),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=True),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("claimed_at", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["attempt_item.id"], name=op.f("fk_response_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint(
            "attempt_id", "client", "sequence", name=op.f("uq_response_attempt_id_client_sequence")
        ),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_response_attempt_id_number")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index("ix_response_item", ["item_id", "number"], unique=False)

    op.create_table(
        "score",
        sa.Column("item_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.String(length=26), nullable=True),
        sa.Column("key_id", sa.String(length=26), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("fraction", sa.String(length=40), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("scored_at", sa.String(length=27), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["attempt_item.id"], name=op.f("fk_score_item_id")),
        sa.ForeignKeyConstraint(["key_id"], ["question_key.id"], name=op.f("fk_score_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_score_item_id_number")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("score")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_item")

    op.drop_table("response")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_marker_id"))

    op.drop_table("mark")
    op.drop_table("submission")
    op.drop_table("sealed_file")
    op.drop_table("result")
    op.drop_table("lease")
    op.drop_table("certificate_act")
    op.drop_table("attempt_item")
    with op.batch_alter_table("lesson_read", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_read_enrolment_id"))

    op.drop_table("lesson_read")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_sending_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_delivering_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_person_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_deadline"))

    op.drop_table("attempt")
    with op.batch_alter_table("session_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_held_person_id"))

    op.drop_table("session_held")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_held_person_id"))

    op.drop_table("role_held")
    op.drop_table("question_key")
    with op.batch_alter_table("password", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_person_id"))

    op.drop_table("password")
    with op.batch_alter_table("level_held", schema=None) as batch_op:
        batch_op.drop_index("ix_level_held_holder")

    op.drop_table("level_held")
    op.drop_table("key_proposal")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_holder")

    op.drop_table("evidence")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_sending_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_module_version_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_delivering_id"))

    op.drop_table("enrolment")
    op.drop_table("content_act")
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_completion_person_id"))

    op.drop_table("completion")
    op.drop_table("question")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))

    op.drop_table("person")
    op.drop_table("module_file")
    op.drop_table("lesson")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_subject_id"))
        batch_op.drop_index(batch_op.f("ix_signature_person_id"))

    op.drop_table("signature")
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_try_login")
        batch_op.drop_index("ix_sign_in_try_address")

    op.drop_table("sign_in_try")
    with op.batch_alter_table("refusal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refusal_person_id"))

    op.drop_table("refusal")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
    with op.batch_alter_table("module_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_version_code"))

    op.drop_table("module_version")
    op.drop_table("log")
    op.drop_table("leaf")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_subject")
        batch_op.drop_index(batch_op.f("ix_event_at"))
        batch_op.drop_index(batch_op.f("ix_event_actor_id"))

    op.drop_table("event")
    op.drop_table("epoch")
    op.drop_table("definition")
    op.drop_table("checkpoint")
