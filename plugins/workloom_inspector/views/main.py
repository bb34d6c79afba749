"""The view of all plugins: list and times at the left, one plugin at the right."""

from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QHideEvent, QShowEvent
from PyQt6.QtWidgets import QFileDialog, QTableView

from workloom.api import BadInput, Column, Context, Notice, PageRequest, Tone, plugins_of
from workloom.api.ui import kit
from workloom_inspector.leaks import Search
from workloom_inspector.overview import ACTIVE, ALL, FAULTY, OFF, Overview, heading, look
from workloom_inspector.views.below import Below
from workloom_inspector.views.frame import ListWithPanel
from workloom_inspector.views.panel import PluginPanel

LOOK_MS = 1000
LEAST_ROWS = 4
"""The list is as high as its rows, and scrolls where there is no room for them."""


class PluginsView(ListWithPanel):
    """Looks once a second while it is shown; it shows nothing that it does not find there."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("plugins")
        self._context, self._ui, self._plugins = context, kit(context), plugins_of(context)
        self._search = Search(self._plugins)
        self.overview: Overview = look(self._plugins, self._search)
        self._kind = ALL
        ui = self._ui
        self._count = ui.label(role="muted")
        self._count.setObjectName("inspector.count")
        say = self._translate = context.translate
        self._filters = (
            (ALL, say("All")),
            (ACTIVE, say("Active")),
            (FAULTY, say("With faults")),
            (OFF, say("Off")),
        )
        self._only = ui.segmented(self._filters, self._filter)
        hint = say("Filter by name, command, hook or option")
        self.search = ui.search_field(say("Filter the plugins"), placeholder=hint, key="Ctrl+F")
        self.search.on_edited(self.filter_again)
        self.table = ui.table(say("Plugins"), self._columns(), kept="inspector.plugins")
        self.below = Below(ui, say)
        self.panel = PluginPanel(context, ui, self._start, self._stop)
        self._lay_out()
        self.table.on_fetch(self._fetch)
        self.table.on_current(lambda plugin: self.panel.show_plugin(self.overview, plugin))
        self.setFocusProxy(self.table.widget)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._say()

    def look(self) -> None:
        """Show how things stand now."""
        before, self.overview = self.overview, look(self._plugins, self._search)
        if before != self.overview:
            self._say()
            self.table.refresh()
        self._say_below()

    def reveal(self, plugin: str) -> None:
        """Show a plugin, and first what it did wrong."""
        self._kind = ALL
        self._only.choose(ALL)
        self.search.set_text("")
        self.table.choose(plugin)
        self.panel.choose("faults")
        self._say_below()

    def save_bundle(self, file: Path) -> None:
        """Write a bundle for support."""
        inspector, options = self._plugins.inspector, self._context.options()

        def write() -> str:
            try:
                inspector.write_bundle(file, options)
            except OSError as error:
                say, why = self._translate, error.strerror or error
                raise BadInput(say("{reason}: {file}. Choose another folder.", reason=why, file=file)) from error
            return file.name

        def told(name: str) -> None:
            say = self._translate
            text = say("{file} holds no data of customers. Send it to your support.", file=name)
            self._context.notify(Notice(title=say("Support bundle saved"), text=text, tone=Tone.SUCCESS))

        self._context.read(write, told)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: it is seen, so it looks."""
        super().showEvent(event)
        self._search.again()
        self.look()
        self._timer.start()
        self.table.widget.setFocus()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Qt: nobody sees it."""
        super().hideEvent(event)
        self._timer.stop()

    def _columns(self) -> tuple[Column, ...]:
        say = self._translate
        return (
            Column(key="plugin", title=say("Plugin"), width=200, stretch=True),
            Column(key="version", title=say("Version"), width=72, optional=True),
            Column(key="state", title=say("State"), width=128, whole=True),
            Column(key="adds", title=say("Adds"), width=64, align="right", whole=True, optional=True),
            Column(key="mean", title=say("Mean time"), width=88, align="right", whole=True, optional=True),
            Column(key="faults", title=say("Faults"), width=72, align="right", whole=True, optional=True),
            Column(key="leaks", title=say("Leaks"), width=72, align="right", whole=True, optional=True),
        )

    def _lay_out(self) -> None:
        say = self._translate
        save = self._ui.button(say("Save support bundle"), icon="package", on_click=self._ask_bundle)
        save.setObjectName("inspector.bundle")
        self.lay_out(
            self._ui,
            say("Plugins"),
            self._count,
            actions=(save,),
            filters=(self._only.widget, self.search.widget),
            parts=((self.table.widget, 1000), (self._ui.line(), 0), (self.below, 1)),  # the list up to its height
            panel=self.panel,
        )

    def _say(self) -> None:
        self._count.setText(heading(self.overview, self._translate))
        counts = self.overview.counts()
        for kind, title in self._filters:
            self._only.set_text(kind, f"{title} {counts[kind]}")
        table = self.table.widget
        assert isinstance(table, QTableView)
        header, rows = table.horizontalHeader(), table.verticalHeader()
        assert header is not None
        assert rows is not None
        height, row = header.sizeHint().height() + 2, rows.defaultSectionSize()
        table.setMinimumHeight(height + row * LEAST_ROWS)
        table.setMaximumHeight(height + row * max(LEAST_ROWS, len(self.overview.infos)))
        self.panel.show_plugin(self.overview, self.table.current() or self.overview.infos[0].id)

    def _say_below(self) -> None:
        shown = [info.id for info in self.overview.shown(self._kind, self.search.text())]
        self.below.show_overview(self.overview, self._plugins.inspector.trace(), shown)

    def _fetch(self, request: PageRequest) -> None:
        rows = self.overview.rows(self._kind, self.search.text(), self._translate)
        places = {row.id: place for place, row in enumerate(rows) if row.id in request.find}
        request.answer(rows[request.offset : request.offset + request.limit], len(rows), places)

    def _filter(self, kind: str) -> None:
        self._kind = kind
        self.filter_again()

    def filter_again(self) -> None:
        """The filter is another one."""
        self.table.reset_rows()
        self._say_below()

    def _start(self, plugin: str) -> None:
        try:
            self._plugins.inspector.start_plugin(plugin)
        except BadInput as error:
            title = self._translate("Not started")
            self._context.notify(Notice(title=title, text=str(error), tone=Tone.WARNING))
        self.look()

    def _stop(self, plugin: str) -> None:
        self._plugins.inspector.stop_plugin(plugin)
        if plugin != self._context.plugin:
            self.look()

    def _ask_bundle(self) -> None:
        title = self._translate("Save support bundle")
        name, _kind = QFileDialog.getSaveFileName(self, title, "workloom-support.zip", "Zip (*.zip)")
        if name:
            self.save_bundle(Path(name))
