"""What stands beside a conflict: emergency bypasses, and what the agencies were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, day_and_clock, left_to_right
from debrief_desk.wording import second_looks as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debrief_desk.actions.bypasses import BypassRow
    from debrief_desk.actions.notices import NoticeRow

CONCUR, WITHDRAW = "concur", "withdraw"


def titled(title: str, inside: QWidget) -> QFrame:
    """Give a card with a title."""
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 14)
    column.setSpacing(10)
    column.addWidget(Label(title, "section"))
    column.addWidget(inside)
    return frame


def bypass_record(row: BypassRow) -> QWidget:
    """Give a bypass in full: where it stands, who did what and why, and what it does not lift."""
    level, _said = sentences.stage(row.stage)
    said = sentences.stage_by(row.stage, row.due_at)
    lines = [sentences.by_whom(_("Asked by"), row.asked_by, row.asked_at, row.reason)]
    if row.concurred_at is not None:
        lines.append(sentences.by_whom(_("Concurred:"), row.concurred_by, row.concurred_at))
    if row.reviewed_at is not None:
        who = sentences.by_whom(_("Reviewed by"), row.reviewed_by, row.reviewed_at, row.review)
        lines.append(who)
    lines += [sentences.lifts(), sentences.remaining(row.remaining)]
    box = QWidget()
    column = QHBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(SeverityBadge(level), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    title = _("{plan}, {agency}: {said}").format(
        plan=left_to_right(row.reference), agency=row.agency, said=said
    )
    words.addWidget(Label(title, "strong", wrap=True))
    for text in filter(None, lines):
        words.addWidget(Label(text, wrap=True))
    column.addLayout(words, 1)
    return box


def bypasses(rows: Sequence[BypassRow], done: Callable[[str, str], None]) -> QWidget:
    """Give the bypasses of a conflict with what this account may do; `done` gets (step, id)."""
    box, column = _column()
    for row in rows:
        line = QHBoxLayout()
        line.addWidget(bypass_record(row), 1)
        steps = (
            (CONCUR, _("Concur"), row.may_concur),
            (WITHDRAW, _("Withdraw"), row.may_withdraw),
        )
        for step, text, may in steps:
            if may:
                button = _button(text, f"{step}_bypass", f"{text}: {row.reference}")
                button.clicked.connect(lambda _c, step=step, key=row.id: done(step, key))
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
    return box


def notices(rows: Sequence[NoticeRow], acknowledged: Callable[[str], None]) -> QWidget:
    """Give what each agency was told, whom to call about it, and who acknowledged it when."""
    box, column = _column()
    for row in rows:
        line = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        title = _("{agency}: {text}").format(agency=row.agency, text=row.text)
        words.addWidget(Label(title, "strong", wrap=True))
        for p in row.about:
            parts = (p.agency, p.site, p.check_reference, p.contact)
            told = sentences.pointer((p.starts_at, p.ends_at), *parts)
            words.addWidget(Label(told, wrap=True))
        told = _("Sent {when}. {acknowledged}").format(
            when=left_to_right(day_and_clock(row.sent_at)),
            acknowledged=sentences.acknowledged(row.acknowledged_by, row.acknowledged_at),
        )
        words.addWidget(Label(told, "label", wrap=True))
        line.addLayout(words, 1)
        if row.may_acknowledge:
            button = _button(_("Acknowledge"), "acknowledge", f"{_('Acknowledge')}: {row.agency}")
            button.clicked.connect(lambda _c, key=row.id: acknowledged(key))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
    return box


def _column() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return box, column


def _button(text: str, name: str, spoken: str) -> Button:
    button = Button(text)
    button.setObjectName(name)
    button.setAccessibleName(spoken)
    return button
