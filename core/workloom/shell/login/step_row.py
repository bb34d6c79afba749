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
        self._first_number = kit.badge("1", tone="accent")
        self._second_icon, self._second = kit.badge(), kit.label("Place and channels", "small")
        line = kit.line()
        line.setFixedWidth(32)
        self._count = kit.label("", "small")
        row.addWidget(self._first_icon)
        row.addWidget(self._first_number.widget)
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
        self._first_number.set("" if second else "1", "accent")
        if second:
            self._first_icon.setPixmap(self._kit.pixmap("circle-check", token="success", size=16))
        else:
            self._first_icon.clear()
        self._first.setText(person or "Who you are")
        self._second_icon.set("2", "accent" if second else "neutral")
        self._count.setText(f"Step {number} of 2")
