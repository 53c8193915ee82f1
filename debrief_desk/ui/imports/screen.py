"""Import: a sheet that somebody sent is looked at, mapped, checked, taken whole, undone whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from debrief_desk.actions import desks, imports
from debrief_desk.actions.imports import ImportFile
from debrief_desk.errors import Interrupted
from debrief_desk.rules.severity import Level
from debrief_desk.ui.imports.check_step import CheckStep
from debrief_desk.ui.imports.columns_step import ColumnsStep
from debrief_desk.ui.imports.file_step import FileStep
from debrief_desk.ui.imports.receipt_step import ReceiptStep
from debrief_desk.ui.imports.stepper import Stepper
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.messages import Choice, MessageStrip, ask
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _, import_steps

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.imports import Imported, ImportRow, Preview
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Job, Worker

FILE, COLUMNS, CHECK, RECEIPT = range(4)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which import the last step shows."""

    import_id: str
    counts: Any


class ImportsScreen(Screen):
    """Four steps in one page."""

    tables = frozenset({"import_batch", "agency", "parked_row"})

    def __init__(self, worker: Worker) -> None:
        super().__init__(
            worker, _("Import"), _("People, interviewers, interpreters and rooms from a sheet")
        )
        self._file: ImportFile | None = None
        self._preview: Preview | None = None
        self._receipt: Receipt | None = None
        self._taking: Job | None = None
        self._build()
        self._connect()
        name_parts(self)
        self._go(FILE)

    def reload(self) -> None:
        """Ask for the agencies and the earlier imports again."""
        self.send(desks.agencies, then=self._on_agencies, key="import agencies")
        self.send(
            imports.taken,
            then=self.file_step.history.show_rows,
            failed=lambda e: self.file_step.history.show_failed(self.sentence(e), self.reload),
            key="import history",
        )

    def show_for(self, about: Any) -> None:
        """Begin with the file whose path was handed over."""
        self._choose(about)

    def first_focus(self) -> QWidget | None:
        """Give what the current step is about."""
        return {
            FILE: self.file_step.drop.choose_button,
            COLUMNS: self.columns_step.first_focus(),
            CHECK: self.check_step.first_focus(),
            RECEIPT: self.receipt_step.again_button,
        }[self.steps.currentIndex()]

    def _build(self) -> None:
        self.stepper = Stepper((_("File"), _("Columns"), _("Check"), _("Receipt")))
        self.strip = MessageStrip()
        self.steps = QStackedWidget()
        self.file_step = FileStep()
        self.columns_step = ColumnsStep()
        self.check_step = CheckStep()
        self.receipt_step = ReceiptStep()
        for step in (self.file_step, self.columns_step, self.check_step, self.receipt_step):
            self.steps.addWidget(step)
        self.body.addWidget(self.stepper)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.steps, 1)
        self.busy = BusyBar()
        self.remark = ElidedLabel("", "muted")
        self.back_button = Button(_("Back"))
        self.next_button = Button(_("Next"), "primary")
        self.add_to_foot(self.remark, 1)
        self.add_to_foot(self.busy, 1)
        self.add_to_foot(self.back_button)
        self.add_to_foot(self.next_button)

    def _connect(self) -> None:
        self.file_step.file_chosen.connect(self._choose)
        self.file_step.changed.connect(self._on_said)
        self.file_step.history.opened.connect(self._show_earlier)
        self.file_step.history.undo_asked.connect(self._ask_undo_of)
        self.columns_step.changed.connect(self._on_columns)
        self.check_step.order_said.connect(self._on_order)
        self.receipt_step.undo_asked.connect(self._ask_undo)
        self.receipt_step.again_asked.connect(self._begin_anew)
        self.back_button.clicked.connect(self._go_back)
        self.next_button.clicked.connect(self._go_on)

    def _on_agencies(self, rows: Any) -> None:
        self.file_step.show_agencies([row.name for row in rows])

    # the file and its preview

    def _choose(self, path: Path) -> None:
        if self._taking is not None:
            return
        self.file_step.forget_file()
        self.check_step.forget()
        self._preview = None
        self._file = ImportFile(path)
        self._go(FILE)
        self._look()

    def _on_said(self) -> None:
        if self._file is None:
            return
        read: dict[str, Any] = {
            "kind": self.file_step.kind_code(),
            "encoding": self.file_step.encoding.value() or "",
            "sheet": self.file_step.sheet.value() or "",
        }
        if any(getattr(self._file, name) not in {"", value} for name, value in read.items()):
            read["columns"] = ()  # of another table, whose columns were not said yet
        self._file = replace(self._file, agency=self.file_step.agency_name(), **read)
        self._look()

    def _on_columns(self) -> None:
        if self._file is not None:
            self._file = replace(self._file, columns=self.columns_step.columns())
            self._look()

    def _on_order(self, order: str) -> None:
        if self._file is not None:
            self._file = replace(self._file, date_order=order)
            self._look()

    def _look(self) -> None:
        self.strip.clear()
        self.busy.start(_("Reading the file…"))
        self.send(
            imports.look,
            self._file,
            then=self._on_preview,
            failed=self._on_unread,
            key="import look",
        )
        self._allow()

    def _on_preview(self, preview: Preview) -> None:
        self.busy.stop()
        if self.file_step.propose_agency(preview.likely_sender):
            return  # which asks for the preview again, now of that sender
        self._preview = preview
        if self._file is not None:
            self.file_step.show_preview(self._file.path, preview)
        self.columns_step.show_preview(preview)
        self.check_step.show_preview(preview)
        self._allow()
        if self.file_step.drop.choose_button.hasFocus():
            unsaid = preview.needs_agency and not self.file_step.agency_name()
            (self.file_step.agency if unsaid else self.next_button).setFocus()

    def _on_unread(self, error: DeskError) -> None:
        self.busy.stop()
        if isinstance(error, Interrupted) or self._file is None:
            return
        text = self.sentence(error)
        self._preview = None
        if error.code == "no-name-column":
            self._ask_columns(error, text)
        else:
            encodings = error.values.get("candidates", ())
            self.file_step.show_unread(self._file.path, "", tuple(encodings))  # type: ignore[arg-type]
            self._go(FILE)
            self.strip.say(Level.STOP, text)
        self._allow()

    def _ask_columns(self, error: DeskError, text: str) -> None:
        headings: Any = error.values.get("headings", ())
        if self._file is not None:
            self.file_step.show_unread(self._file.path, "", ())
        hint = _("Choose what each column is; one of them has to be a name.")
        self.columns_step.show_headings(tuple(headings), imports.PERSON_FIELDS, hint)
        self._go(COLUMNS)
        self.strip.say(Level.CHECK, text)

    # the steps

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.stepper.set_current(step)
        self._allow()
        focus = self.first_focus()
        if focus is not None and self.isVisible():
            focus.setFocus()

    def _go_back(self) -> None:
        self._go(max(FILE, self.steps.currentIndex() - 1))

    def _go_on(self) -> None:
        step, preview = self.steps.currentIndex(), self._preview
        if preview is None or self._taking is not None:
            return
        if preview.needs_agency and not self.file_step.agency_name():
            self._go(FILE)
            self.file_step.ask_agency()
        elif step == FILE:
            settled = preview.remembered and not preview.ask_date_order
            self._go(CHECK if settled else COLUMNS)
        elif step == COLUMNS:
            self._go(CHECK)
        else:
            self._take()

    def _allow(self) -> None:
        """Bring the foot in line with the step."""
        step, preview, taking = self.steps.currentIndex(), self._preview, self._taking is not None
        self.foot.setVisible(step != RECEIPT)
        self.back_button.setVisible(step in {COLUMNS, CHECK})
        self.back_button.setEnabled(not taking)
        self.steps.setEnabled(not taking)
        waits = step == CHECK and self.check_step.is_open()
        self.next_button.setEnabled(preview is not None and not taking and not waits)
        self.next_button.setText(_("Next"))
        self.remark.setVisible(not taking)
        if preview is None:
            self.remark.setText(_("Nothing is kept before the last step."))
            return
        if step == CHECK:
            self.next_button.setText(_("Take these rows"))
        if waits:
            self.remark.setText(_("First say above in which order dates are written."))
        elif preview.needs_agency and not self.file_step.agency_name():
            self.remark.setText(_("Say which agency sent it: only then is known what is new."))
        else:
            self.remark.setText(import_steps.counted(preview.counts))

    # taking and undoing

    def _take(self) -> None:
        if self._file is None:
            return
        self.strip.clear()
        self.busy.start(_("Taking the rows…"), cancel=self._cancel)
        self._taking = self.send(
            imports.take,
            self._file,
            then=self._on_taken,
            failed=self._on_not_taken,
            progress=self.busy.progress,
        )
        if self._taking is not None and self._taking.done:
            self._taking = None
        self._allow()

    def _cancel(self) -> None:
        if self._taking is not None:
            self._taking.cancel()

    def _on_taken(self, result: Imported) -> None:
        self._end_taking()
        self._receipt = Receipt(result.import_id, result.counts)
        title = import_steps.taken(result.counts, result.seconds)
        self.receipt_step.show_receipt(title, result.counts, result.left, result.skipped)
        self._go(RECEIPT)

    def _on_not_taken(self, error: DeskError) -> None:
        self._end_taking()
        level = Level.NOTE if isinstance(error, Interrupted) else Level.STOP
        self.strip.say(level, self.sentence(error))
        self._allow()

    def _end_taking(self) -> None:
        self._taking = None
        self.busy.stop()

    def _show_earlier(self, row: ImportRow) -> None:
        def show(left: Any) -> None:
            self._receipt = Receipt(row.id, row.counts)
            self.receipt_step.show_receipt(
                import_steps.earlier(row.kind, row.agency, row.imported_at, row.undone_at),
                row.counts,
                left,
                undone=row.undone_at is not None,
            )
            self._go(RECEIPT)

        self.send(imports.left_rows, row.id, then=show, key="import left")

    def _ask_undo(self) -> None:
        if self._receipt is not None:
            self._confirm_undo(self._receipt)

    def _ask_undo_of(self, row: ImportRow) -> None:
        self._confirm_undo(Receipt(row.id, row.counts))

    def _confirm_undo(self, receipt: Receipt) -> None:
        ask(
            self,
            _("Undo the whole import?"),
            import_steps.undo_question(receipt.counts),
            (Choice("undo", _("Undo the import"), "danger"),),
            lambda _key, _reason: self._undo(receipt),
        )

    def _undo(self, receipt: Receipt) -> None:
        def done(_nothing: None) -> None:
            self.busy.stop()
            self._begin_anew()
            self.reload()
            self.said.emit(_("The import was undone. Everything is as it was before it."), None)

        def failed(error: DeskError) -> None:
            self.busy.stop()
            self.strip.say(Level.STOP, self.sentence(error))

        self.busy.start(_("Undoing the import…"))
        self.send(imports.take_back, receipt.import_id, then=done, failed=failed)

    def _begin_anew(self) -> None:
        self._file = self._preview = self._receipt = None
        self.check_step.forget()
        self.file_step.forget_file()
        self.file_step.show_nothing()
        self.strip.clear()
        self._go(FILE)
