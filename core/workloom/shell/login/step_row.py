"""The line above the steps: who, then place and channels."""

from PyQt6.QtWidgets import QHBoxLayout, QWidget

from workloom.api.ui import Ui


class StepRow(QWidget):
    """`① Lena Hofer —— ② Place and channels      Step 2 of 2`."""

    def __init__(self, kit: Ui) -> None:
        super().__init__()
        self._kit = kit
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._first_icon, self._first = kit.label(), kit.label("Who you are", "small")
        self._second_icon, self._second = kit.badge(), kit.label("Place and channels", "small")
        line = kit.line()
        line.setFixedWidth(32)
        self._count = kit.label("", "small")
        row.addWidget(self._first_icon)
        row.addWidget(self._first)
        row.addSpacing(6)
        row.addWidget(line)
        row.addSpacing(6)
        row.addWidget(self._second_icon.widget)
        row.addWidget(self._second)
        row.addStretch(1)
        row.addWidget(self._count)
        self.show_step(1)

    def show_step(self, number: int, person: str = "") -> None:
        """Mark the step that is current."""
        second = number > 1
        icon, token = ("circle-check", "success") if second else ("circle-user-round", "accent")
        self._first_icon.setPixmap(self._kit.pixmap(icon, token=token, size=16))
        self._first.setText(person or "Who you are")
        self._second_icon.set("2", "accent" if second else "neutral")
        self._count.setText(f"Step {number} of 2")
