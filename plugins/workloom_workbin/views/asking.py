"""Asks for a workbin."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QWidget

from workloom.api import Context, WorkbinNode
from workloom.api.ui import kit
from workloom_workbin.lists import icon_of, title_of


def choose_workbin(
    context: Context, anchor: object, nodes: Sequence[WorkbinNode], chosen: Callable[[WorkbinNode], None]
) -> None:
    """Show the workbins as a menu at the button."""
    entries = [(title_of(node), icon_of(node), lambda node=node: chosen(node)) for node in nodes]
    menu = kit(context).menu(
        anchor if isinstance(anchor, QWidget) else None, entries, title=context.translate("Move to workbin")
    )
    menu.setObjectName("workbins")
