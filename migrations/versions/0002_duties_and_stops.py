"""Duties and experience, stops, bypasses, referrals, families, and what else fills a day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables, and the columns that hang on them; rows that are there keep their meaning."""
    op.create_table(
        "second_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conflict_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("first_verdict", sa.String(), nullable=False),
        sa.Column("first_by_id", sa.Uuid(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["conflict.id"], name=op.f("fk_second_opinion_conflict_id_conflict")
        ),
        sa.ForeignKeyConstraint(
            ["first_by_id"], ["account.id"], name=op.f("fk_second_opinion_first_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["account.id"], name=op.f("fk_second_opinion_given_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinion")),
    )
    op.create_index(
        op.f("ix_second_opinion_conflict_id"), "second_opinion", ["conflict_id"], unique=False
    )
    op.create_table(
        "busy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_busy_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_busy_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_busy_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy")),
    )
    op.create_index(op.f("ix_busy_registration_id"), "busy", ["registration_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=True),
        sa.Column("interpreter_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(interviewer_id IS NULL) != (interpreter_id IS NULL)",
            name=op.f("ck_duty_one_member_of_staff"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_duty_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["interpreter_id"], ["interpreter.id"], name=op.f("fk_duty_interpreter_id_interpreter")
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["interviewer.id"], name=op.f("fk_duty_interviewer_id_interviewer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_interpreter_id"), "duty", ["interpreter_id"], unique=False)
    op.create_index(op.f("ix_duty_interviewer_id"), "duty", ["interviewer_id"], unique=False)
    op.create_index(op.f("ix_duty_starts_at"), "duty", ["starts_at"], unique=False)
    op.create_table(
        "experience",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("led", sa.Integer(), nullable=False),
        sa.Column("supervised", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.Column("declared_by_id", sa.Uuid(), nullable=True),
        sa.Column("countersigned_at", sa.DateTime(), nullable=True),
        sa.Column("countersigned_by_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["countersigned_by_id"],
            ["account.id"],
            name=op.f("fk_experience_countersigned_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["account.id"], name=op.f("fk_experience_declared_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["interviewer.id"],
            name=op.f("fk_experience_interviewer_id_interviewer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
    )
    op.create_index(
        op.f("ix_experience_interviewer_id"), "experience", ["interviewer_id"], unique=False
    )
    op.create_table(
        "family_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("registration_id < other_id", name=op.f("ck_family_link_fixed_order")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["registration.id"], name=op.f("fk_family_link_other_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_family_link_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_link")),
    )
    op.create_index(op.f("ix_family_link_other_id"), "family_link", ["other_id"], unique=False)
    op.create_index(
        op.f("ix_family_link_registration_id"), "family_link", ["registration_id"], unique=False
    )
    op.create_table(
        "bypass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("concurred_at", sa.DateTime(), nullable=True),
        sa.Column("concurred_by_id", sa.Uuid(), nullable=True),
        sa.Column("review_due_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_bypass_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["concurred_by_id"], ["account.id"], name=op.f("fk_bypass_concurred_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_bypass_debrief_id_debrief")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_bypass_reviewed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bypass")),
    )
    op.create_index(op.f("ix_bypass_debrief_id"), "bypass", ["debrief_id"], unique=False)
    op.create_table(
        "debrief_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("informed", sa.String(), nullable=False),
        sa.Column("informed_at", sa.DateTime(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_stop_debrief_id_debrief")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["account.id"], name=op.f("fk_debrief_stop_released_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_stop")),
    )
    op.create_index(
        op.f("ix_debrief_stop_debrief_id"), "debrief_stop", ["debrief_id"], unique=False
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("debrief_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_referral_debrief_id_debrief")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["account.id"], name=op.f("fk_referral_done_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_referral_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(
        op.f("ix_referral_registration_id"), "referral", ["registration_id"], unique=False
    )
    op.add_column(
        "accreditation", sa.Column("level", sa.String(), server_default="", nullable=False)
    )
    op.add_column(
        "accreditation", sa.Column("seen_by", sa.String(), server_default="", nullable=False)
    )
    op.add_column("debrief", sa.Column("started_at", sa.DateTime(), nullable=True))
    op.add_column("debrief", sa.Column("ended_at", sa.DateTime(), nullable=True))
    op.add_column(
        "debrief", sa.Column("pinned", sa.Boolean(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "debrief", sa.Column("priority", sa.Integer(), server_default="2", nullable=False)
    )
    op.create_index(op.f("ix_debrief_lead_id"), "debrief", ["lead_id"], unique=False)
    op.create_index(op.f("ix_debrief_second_id"), "debrief", ["second_id"], unique=False)
    op.add_column(
        "interpreter", sa.Column("shift_days", sa.JSON(), server_default="[]", nullable=False)
    )
    op.add_column(
        "interpreter", sa.Column("recorded", sa.JSON(), server_default="{}", nullable=False)
    )
    op.add_column(
        "interviewer", sa.Column("shift_days", sa.JSON(), server_default="[]", nullable=False)
    )
    op.add_column(
        "interviewer", sa.Column("recorded", sa.JSON(), server_default="{}", nullable=False)
    )
