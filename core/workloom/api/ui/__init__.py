"""The widget kit as plugins see it: the one part of the API that knows Qt.

`kit(context)` gives the kit of an agent's window. Factories return plain Qt widgets that the theme already styles, or
small objects with a `.widget`. Every text is plain text: what a customer wrote is never read as markup. Names of
colours are the tokens of the design (`accent`, `muted`, `danger` …); names of icons are Lucide's, and
`presence:ready`, `priority:3` are our own glyphs.
"""

from workloom.api.shown import Cell, Choice, Column, Node, PageRequest, Row
from workloom.api.ui.base import BadgeTone, ButtonKind, LabelRole, Tokens, Undo, WhenGone
from workloom.api.ui.factories import Ui, kit
from workloom.api.ui.fields import Badge, EditWidgets, Field, Form, Segmented
from workloom.api.ui.lists import ListPanes, Table, Tree
from workloom.api.ui.surfaces import ItemPanel, PanelEdge, Popup, Tabs, Toolbar, ToolbarItem

__all__ = [
    "Badge",
    "BadgeTone",
    "ButtonKind",
    "Cell",
    "Choice",
    "Column",
    "EditWidgets",
    "Field",
    "Form",
    "ItemPanel",
    "LabelRole",
    "ListPanes",
    "Node",
    "PageRequest",
    "PanelEdge",
    "Popup",
    "Row",
    "Segmented",
    "Table",
    "Tabs",
    "Tokens",
    "Toolbar",
    "ToolbarItem",
    "Tree",
    "Ui",
    "Undo",
    "WhenGone",
    "kit",
]
