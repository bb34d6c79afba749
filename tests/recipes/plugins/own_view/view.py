"""The view: what is in the workbins that the agent shares with a team."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from workloom.api import Context, WorkbinNode
from workloom.api.ui import kit


def team(context: Context) -> QWidget:
    """A line for each workbin, with its count."""
    page, form = QWidget(), kit(context).form(columns=1)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 20, 24, 20)
    column.addWidget(kit(context).label("My team", role="item-title"))
    column.addWidget(form.widget)
    column.addStretch(1)

    def show(nodes: tuple[WorkbinNode, ...]) -> None:
        for node in nodes:
            form.add_text(f"{node.workbin} {node.owner}", node.title, str(node.total))

    context.read(context.services.workbins.tree, show)
    return page
