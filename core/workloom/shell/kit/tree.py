"""The explorer tree: icon, label, total at the right, unread in a pill before it."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from workloom.api.ui import Node
from workloom.shell.kit.focus_ring import Ring
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.tokens import Tokens, follow
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

HEIGHT, INDENT = 32, 16
_TOGGLE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_NODE = Qt.ItemDataRole.UserRole + 1


class Tree(QTreeView):
    """Nodes by id; what was expanded and what is current stays when the nodes are set anew."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str) -> None:
        super().__init__()
        self._entries = QStandardItemModel(self)
        self._changed: list[Callable[[str], None]] = []
        self._nodes: tuple[Node, ...] = ()
        self._collapsed: set[str] = set()
        self._seen: set[str] = set()
        self._filling = False
        self.ring = Ring(self)
        self.setModel(self._entries)
        self.setAccessibleName(name)
        self.setProperty("kind", "tree")
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self._delegate = _NodeDelegate(self, tokens, icons, scale)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._toggle)
        self.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.expanded.connect(lambda index: self._remember(index, closed=False))
        self._theme = follow(tokens, self, self._repaint)

    @property
    def widget(self) -> QWidget:
        """The tree itself."""
        return self

    def set_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these nodes."""
        if tuple(nodes) == self._nodes:
            return
        self._nodes = tuple(nodes)
        bar = self.verticalScrollBar()
        scrolled = bar.value() if bar is not None else 0
        before, current = self.currentIndex().data(_NODE), self.current()
        self._filling = True
        self._entries.clear()
        for node in nodes:
            self._add(self._entries.invisibleRootItem(), node)
        self.expandAll()
        for gone in self._collapsed:
            index = self._find(gone)
            if index.isValid():
                self.collapse(index)
        index = self._find(before.id) if isinstance(before, Node) else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
        if bar is not None:
            bar.setValue(scrolled)
        self._filling = False
        if current and not index.isValid():
            self._tell("")

    def current(self) -> str:
        """Id of the current node, empty = none."""
        node = self.currentIndex().data(_NODE)
        return node.id if isinstance(node, Node) and node.selectable else ""

    def choose(self, node: str) -> None:
        """Make a node current, calling back."""
        index = self._find(node)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def on_current(self, changed: Callable[[str], None]) -> None:
        """Call back when another node is current."""
        self._changed.append(changed)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt: another node is current."""
        super().currentChanged(current, previous)
        node = current.data(_NODE)
        if not self._filling and isinstance(node, Node) and node.selectable:
            self._tell(node.id)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: J and K step as the arrows do; Enter and Space open and close a heading."""
        self.ring.key_was_pressed()
        if event is not None and event.key() in _TOGGLE and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
            return
        if event is not None and event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            down = event.key() == Qt.Key.Key_J
            index = self.indexBelow(self.currentIndex()) if down else self.indexAbove(self.currentIndex())
            if index.isValid():
                self.setCurrentIndex(index)
            return
        super().keyPressEvent(event)

    def _repaint(self) -> None:
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def _tell(self, node: str) -> None:
        for changed in self._changed:
            changed(node)

    def _add(self, parent: QStandardItem | None, node: Node) -> None:
        entry = QStandardItem(node.text)
        entry.setData(node, _NODE)
        entry.setAccessibleText(
            say("{words}, {unread} new of {total}", words=node.text, unread=node.unread, total=node.total)
            if node.unread
            else node.text
        )
        if not node.selectable:
            entry.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if parent is not None:
            parent.appendRow(entry)
        if node.id not in self._seen:
            self._seen.add(node.id)
            if not node.expanded:
                self._collapsed.add(node.id)
        for child in node.nodes:
            self._add(entry, child)

    def _find(self, node_id: str) -> QModelIndex:
        waiting = [self._entries.index(row, 0) for row in range(self._entries.rowCount())]
        while waiting:
            index = waiting.pop()
            node = index.data(_NODE)
            if isinstance(node, Node) and node.id == node_id:
                return index
            waiting += [self._entries.index(row, 0, index) for row in range(self._entries.rowCount(index))]
        return QModelIndex()

    def _toggle(self, index: QModelIndex) -> None:
        node = index.data(_NODE)
        if isinstance(node, Node) and node.nodes:
            self.setExpanded(index, not self.isExpanded(index))

    def _remember(self, index: QModelIndex, *, closed: bool) -> None:
        node = index.data(_NODE)
        if isinstance(node, Node) and not self._filling:
            (self._collapsed.add if closed else self._collapsed.discard)(node.id)


class _NodeDelegate(QStyledItemDelegate):
    def __init__(self, tree: Tree, tokens: Tokens, icons: Icons, scale: TypeScale) -> None:
        super().__init__()
        self._tree, self._tokens, self._icons, self._scale = tree, tokens, icons, scale

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, self._scale.px(HEIGHT))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        node = index.data(_NODE)
        if painter is None or not isinstance(node, Node):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(8, 0, -8, 0)
        current = self._tree.currentIndex() == index and node.selectable
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and node.selectable
        if current or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("selected" if current else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if current:
            painter.fillRect(
                QRect(option.rect.left(), rect.top() + 6, 3, rect.height() - 12), self._tokens.color("accent")
            )
        if self._tree.currentIndex() == index and self._tree.ring.is_shown:
            self._tree.ring.draw(painter, rect, self._tokens)
        depth = 0
        parent = index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        left = rect.left() + 4 + depth * INDENT
        middle = rect.center().y()
        ratio = self._tree.devicePixelRatioF()
        if node.nodes:
            chevron = "chevron-down" if self._tree.isExpanded(index) else "chevron-right"
            painter.drawPixmap(left, middle - 7, self._icons.pixmap(chevron, "muted", 14, ratio))
        left += 20
        if node.icon:
            token = "accent-text" if current else "muted"
            painter.drawPixmap(left, middle - 8, self._icons.pixmap(node.icon, token, 16, ratio))
            left += 24
        right = self._numbers(painter, rect, node)
        painter.setFont(self._scale.font("strong" if node.unread else "base"))
        painter.setPen(self._tokens.color("text"))
        room = QRect(left, rect.top(), right - left - 6, rect.height())
        text = painter.fontMetrics().elidedText(node.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _numbers(self, painter: QPainter, rect: QRect, node: Node) -> int:
        """Total and unread pill at the right; returns where they begin."""
        right = rect.right() - 6
        painter.setFont(self._scale.font("small"))
        if node.total is not None:
            text = f"{node.total:,}"
            painter.setPen(self._tokens.color("muted"))
            width = max(20, painter.fontMetrics().horizontalAdvance(text))
            painter.drawText(
                QRect(right - width, rect.top(), width, rect.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            right -= width + 6
        if node.unread:
            painter.setFont(self._scale.font("meta"))
            text = f"{node.unread:,}"
            width = max(18, painter.fontMetrics().horizontalAdvance(text) + 10)
            pill = QRectF(right - width, rect.center().y() - 8.5, width, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("accent"))
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(self._tokens.color("on-accent"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
            right -= width + 6
        return right
