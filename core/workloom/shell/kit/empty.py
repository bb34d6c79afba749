"""What stands where there is nothing: a drawing, what is not here, why, and at most two ways on."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import label, picture
from workloom.shell.kit.type_scale import TypeScale

PICTURE = 64
WIDTH = 460


def empty_state(
    icons: Icons, scale: TypeScale, icon: str, title: str, text: str, actions: tuple[QWidget, ...]
) -> QWidget:
    """An empty state, centred in what room there is."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(8)
    column.addStretch(2)
    drawing = picture(icons.pixmap(icon, "line-strong", PICTURE))
    column.addWidget(drawing, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addSpacing(8)
    heading = label(scale, title, "panel-title", elide=False, selectable=False, wrap=False)
    heading.setObjectName("empty.title")
    column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
    reason = label(scale, text, "muted", elide=False, selectable=False, wrap=True)
    reason.setObjectName("empty.text")
    reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    # A wrapped label between stretches gets the height of one line, so it is told its own.
    width = min(scale.px(WIDTH), max(200, reason.fontMetrics().horizontalAdvance(text) + 8))
    reason.setFixedSize(width, reason.heightForWidth(width))
    column.addWidget(reason, 0, Qt.AlignmentFlag.AlignHCenter)
    if actions:
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(3)
    return made
