"""The page of rules on a real desk: found, explained, and the policy that sets them changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from debrief_desk.actions import imports, plans, policies, policy_cards
from debrief_desk.actions.rights import writes
from debrief_desk.rules.catalogue import RULES
from debrief_desk.rules.policy import severity_names
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.store.models import PolicyVersion
from debrief_desk.ui.parts.cards import Card, FindingCard
from debrief_desk.ui.parts.fields import ChoiceEntry, TextEntry
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.rules.screen import RulesScreen
from debrief_desk.ui.worker import InlineWorker
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def planned(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with one open plan, whose lead has 60 debriefs."""
    for text in (builders.ROOMS, builders.INTERVIEWERS):
        desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, text)))
    desk.write(plans.register, builders.plan())
    return desk


@pytest.fixture
def build(planned: Desk, qtbot: QtBot) -> Iterator[Callable[[], RulesScreen]]:
    worker = InlineWorker()
    worker.adopt(planned)

    def build_() -> RulesScreen:
        made = RulesScreen(worker)
        qtbot.addWidget(made)
        made.resize(1100, 700)
        made.reload()
        made.show()
        qtbot.waitExposed(made)
        return made

    yield build_
    worker.stop()


@pytest.fixture
def screen(build: Callable[[], RulesScreen]) -> RulesScreen:
    return build()


def write(screen: RulesScreen, path: str, text: str) -> None:
    """Write a value over the one in force, in its section."""
    section = path.partition(".")[0]
    screen.policy.sections.choose(section)
    editor = screen.policy._forms[section].rows[path].editor
    if isinstance(editor, ChoiceEntry):
        editor.set_value(text)
    else:
        assert isinstance(editor, TextEntry)
        editor.selectAll()
        QTest.keyClicks(editor, text)


def remark(screen: RulesScreen, path: str) -> str:
    return screen.policy._forms[path.partition(".")[0]].rows[path].remark.text()


# the rules


def test_every_rule_is_listed_and_the_first_explained(screen: RulesScreen) -> None:
    table = screen.rules.table
    assert [table.rows.key_at(at) for at in range(table.rows.rowCount())] == list(RULES)
    assert screen.header.subtitle.text().startswith("69 rules · ")
    detail = screen.rules.detail
    assert detail.id.text() == "V-1"
    assert (
        detail.today.text() == "1 open plan, 1 of them only because something is not recorded yet."
    )
    for label in (detail.statement, detail.why, detail.next, detail.source, detail.kept):
        assert label.text()


def test_the_keyboard_goes_from_rule_to_rule_and_on_to_the_policy(screen: RulesScreen) -> None:
    screen.rules.table.setFocus()
    QTest.keyClick(screen.rules.table, Qt.Key.Key_Down)
    assert screen.rules.detail.id.text() == "V-2"
    screen.show_for("W-3")
    assert screen.rules.detail.id.text() == "W-3"
    QTest.keyClick(screen.rules.table, Qt.Key.Key_Return)
    assert screen.rules.detail.policy_button.hasFocus()
    QTest.keyClick(screen.rules.detail.policy_button, Qt.Key.Key_Space)
    assert screen.parts.choice() == "policy"
    row = screen.policy._forms["severity"].rows["severity.W-3"]
    assert row.editor is not None
    assert row.editor.hasFocus()


def test_search_finds_a_rule_by_id_word_and_source(screen: RulesScreen, qtbot: QtBot) -> None:
    def found() -> list[Any]:
        rows = screen.rules.table.rows
        return [rows.key_at(at) for at in range(rows.rowCount())]

    for typed, expected in (("x-10", ["X-10"]), ("ombudsman legal", ["A-7"]), ("landing rest", ["W-2"])):  # fmt: skip
        screen.header.search.setText(typed)
        qtbot.waitUntil(lambda wanted=expected: found() == wanted)
        assert screen.rules.detail.id.text() == expected[0]
    screen.header.search.setText("no rule says this")
    qtbot.waitUntil(lambda: found() == [])
    assert screen.rules.states.currentWidget() is not screen.rules.table
    screen.rules.states.action.click()
    assert len(found()) == len(RULES)
    assert screen.header.search.text() == ""


def test_a_page_that_asks_for_a_rule_finds_it_behind_a_filter(screen: RulesScreen) -> None:
    screen.rules.search("x-10")
    screen.show_for("D-6")
    assert screen.rules.detail.id.text() == "D-6"


def test_a_rule_with_two_cases_shows_both_severities(screen: RulesScreen) -> None:
    screen.show_for("W-2")
    texts = [
        label.text() for label in screen.rules.detail.findChildren(type(screen.rules.detail.why))
    ]
    assert "Go on with a reason: less than the usual rest" in texts
    assert "Nobody can lift it: less than the least rest" in texts


def test_a_card_leads_to_its_rule_by_mouse_and_by_key(qtbot: QtBot) -> None:
    finding = FindingCard(Card("k", Level.STOP, "Medical hold.", corner="W-4", corner_action="rule:W-4"))  # fmt: skip
    plain = FindingCard(Card("k", Level.NOTE, "Probably the same person", corner="Probable"))
    told: list[tuple[str, str]] = []
    for card in (finding, plain):
        qtbot.addWidget(card)
        card.acted.connect(lambda key, action: told.append((key, action)))
        card.show()
        QTest.keyClick(card, Qt.Key.Key_R)
    assert told == [("k", "rule:W-4")]
    link = finding.findChild(QPushButton)
    assert link is not None
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert told == [("k", "rule:W-4")] * 2
    assert plain.findChild(QPushButton) is None


# the policy


def test_every_number_and_severity_of_the_policy_has_its_place(screen: RulesScreen) -> None:
    screen.show_for("policy")
    seen: set[str] = set()
    for entry in screen.policy.sections.entries.entries:
        screen.policy.sections.choose(entry.key)
    for form in screen.policy._forms.values():
        seen |= set(form.rows)
    card = screen.worker.desk.read(policy_cards.in_force)  # type: ignore[union-attr]
    assert seen == {n.path for s in card.sections for n in s.numbers} | {
        f"severity.{name}" for name in severity_names()
    }
    assert [e.key for e in screen.policy.sections.entries.entries][-2:] == ["trial", "history"]


def test_what_the_law_sets_has_no_editor(screen: RulesScreen) -> None:
    screen.show_for("policy")
    for key in ("welfare", "severity", "identity"):
        screen.policy.sections.choose(key)
    rows = {path: row for form in screen.policy._forms.values() for path, row in form.rows.items()}
    for path in ("welfare.stay_limit_minutes", "identity.near_certain", "severity.V-6", "severity.A-3", "severity.D-10"):  # fmt: skip
        assert rows[path].editor is None
        assert rows[path].shown.text()
    weak = rows["severity.S-3"].editor
    assert isinstance(weak, ChoiceEntry)
    assert [weak.itemData(at) for at in range(weak.count())] == ["HARD", "HARD*"]


def test_a_wrong_value_says_why_beside_itself_and_bars_saving(screen: RulesScreen) -> None:
    screen.show_for("policy")
    assert not screen.foot.isVisible()
    write(screen, "welfare.least_rest_minutes", "500")
    assert (
        remark(screen, "welfare.least_rest_minutes")
        == "It may not exceed “Usual rest from landing”."
    )
    assert screen.foot.isVisible()
    assert not screen.save_button.isEnabled()
    assert not screen.try_button.isEnabled()
    write(screen, "welfare.least_rest_minutes", "soon")
    assert remark(screen, "welfare.least_rest_minutes") == "Write a whole number."
    write(screen, "welfare.least_rest_minutes", "180")
    assert remark(screen, "welfare.least_rest_minutes").startswith("Minutes, 0 to 1440")
    assert screen.save_button.isEnabled()
    write(screen, "welfare.least_rest_minutes", "120")
    assert not screen.foot.isVisible()


def test_an_edit_is_marked_and_can_be_thrown_away(screen: RulesScreen) -> None:
    screen.show_for("policy")
    write(screen, "welfare.rest_minutes", "300")
    row = screen.policy._forms["welfare"].rows["welfare.rest_minutes"]
    assert row.mark.text == "Not saved; was 4 h"
    entry = next(e for e in screen.policy.sections.entries.entries if e.key == "welfare")
    assert entry.badge == "1 not saved"
    screen.reload()  # somebody else's change does not take it away
    assert row.value() == 300
    screen.discard_button.click()
    assert row.value() == 240
    assert not row.mark.isVisible()
    assert not screen.foot.isVisible()


def test_a_reason_is_asked_for_and_kept(screen: RulesScreen, planned: Desk, qtbot: QtBot) -> None:
    screen.show_for("policy")
    write(screen, "spacing.same_boat", "3")
    screen.save_button.click()
    assert screen.reason_field.has_error()
    assert screen.reason.hasFocus()
    assert len(planned.read(policies.versions)) == 1
    QTest.keyClicks(screen.reason, "two more rooms")
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.reason, Qt.Key.Key_Return)
    assert said.args[0].startswith(
        "Version 2 of the policy holds. 1 open plan was checked under it"
    )
    newest = planned.read(policies.versions)[0]
    assert (newest.reason, newest.by) == ("two more rooms", "First Supervisor")
    assert screen.reason.text() == ""
    assert not screen.foot.isVisible()
    row = screen.policy._forms["spacing"].rows["spacing.same_boat"]
    assert row.mark.text == "Site's own; default 2"
    row.reset_button.click()
    assert row.mark.text == "Not saved; was 3"


def test_a_trial_shows_what_would_come_and_saves_nothing(
    screen: RulesScreen, planned: Desk
) -> None:
    screen.show_for("policy")
    write(screen, "severity.X-2", "HARD*")
    assert not screen.foot.isVisible()  # it is so already
    write(screen, "welfare.usual_minutes", "30")
    screen.try_button.click()
    assert screen.policy.sections.key() == "trial"
    trial = screen.policy.trial
    rows = [trial.cases.rows.row(at) for at in range(trial.cases.rows.rowCount())]
    assert ("W-5", "NOTE", "WARN") in {(r.rule, r.before, r.after) for r in rows if r}
    counts = [trial.counts.rows.row(at) for at in range(trial.counts.rows.rowCount())]
    assert [(c.rule, c.stronger) for c in counts if c] == [("W-5", 1)]
    assert trial.summary.text().startswith("Looked at 0 decided conflicts and 1 open plan")
    assert len(planned.read(policies.versions)) == 1
    write(screen, "welfare.usual_minutes", "31")  # what was tried is not what stands there now
    assert trial.states.currentWidget() is not trial.states.content
    screen.policy.sections.choose("trial")
    trial.states.action.click()
    assert trial.states.currentWidget() is trial.states.content


def test_versions_show_what_they_changed_and_an_old_one_comes_back(
    screen: RulesScreen, planned: Desk, qtbot: QtBot
) -> None:
    planned.write(policies.save, {"welfare.rest_minutes": 300}, "a cold week")
    screen.reload()
    screen.show_for("policy")
    screen.policy.sections.choose("history")
    history = screen.policy.history
    assert history.changes.text() == "Usual rest from landing: 4 h → 5 h"
    assert not history.back_button.isEnabled()
    history.table.choose_row(1)
    history.back_button.click()
    question = next(iter(screen.window().findChildren(Question)))
    question.buttons["back"].click()
    assert len(planned.read(policies.versions)) == 2  # not without a reason
    question.reason.setPlainText("it is warm again")
    with qtbot.waitSignal(screen.said):
        question.buttons["back"].click()
    newest = planned.read(policies.versions)[0]
    assert (newest.number, newest.reason) == (3, "it is warm again")
    assert newest.changes == ("Usual rest from landing: 5 h → 4 h",)


# who may


def test_without_the_right_the_policy_is_read_and_not_written(
    build: Callable[[], RulesScreen], planned: Desk
) -> None:
    planned.who = replace(planned.who, roles=frozenset({Role.COORDINATOR}))
    screen = build()
    screen.show_for("policy")
    for entry in screen.policy.sections.entries.entries:
        screen.policy.sections.choose(entry.key)
    assert "trial" not in {e.key for e in screen.policy.sections.entries.entries}
    assert all(row.editor is None for form in screen.policy._forms.values() for row in form.rows.values())  # fmt: skip
    assert screen.header.subtitle.text() == "An administrator can change the policy"
    assert not screen.foot.isVisible()
    assert not screen.policy.history.back_button.isVisible()


def test_an_administrator_alone_sees_no_figures_of_people(
    build: Callable[[], RulesScreen], planned: Desk
) -> None:
    planned.who = replace(planned.who, roles=frozenset({Role.ADMINISTRATOR}))
    screen = build()
    assert screen.header.subtitle.text() == "69 rules"
    assert screen.rules.detail.today.text() == "Your account sees no figures of plans."
    screen.show_for("policy")
    write(screen, "spacing.same_boat", "3")
    assert screen.save_button.isEnabled()


@writes(None)
def keep(session: Session, values: Any) -> None:
    now = session.info["step"].now
    session.add(PolicyVersion(values=values, saved_at=now, reason="by hand"))


def test_a_broken_policy_says_so_and_can_be_mended(
    build: Callable[[], RulesScreen], planned: Desk
) -> None:
    planned.write(keep, {"welfare": {"rest_minutes": "long"}})
    screen = build()
    screen.show_for("policy")
    assert screen.policy.strip.isVisible()
    assert "Usual rest from landing" in screen.policy.strip.text.text()
    write(screen, "welfare.rest_minutes", "250")
    screen.reason.setText("mended")
    screen.save_button.click()
    assert planned.read(policy_cards.in_force).faults == ""
    assert not screen.policy.strip.isVisible()
