"""The panel of one plugin: faults, what it adds, its hooks, options and tokens, in tabs."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workloom.api import Context, Fault, Leak, PluginInfo, PluginState
from workloom.api.ui import BadgeTone, Ui
from workloom_inspector import overview as words
from workloom_inspector.overview import Overview
from workloom_inspector.views.leaks import leak_parts

_TONES: dict[PluginState, BadgeTone] = {
    PluginState.RUNNING: "success",
    PluginState.REFUSED: "danger",
    PluginState.PAUSED: "danger",
}


class PluginPanel(QWidget):
    """`start(plugin)` and `stop(plugin)` do as the person wants."""

    def __init__(self, context: Context, ui: Ui, start: Callable[[str], None], stop: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(280)
        ui.pane(self)
        self._context, self._ui, self._start, self._stop = context, ui, start, stop
        self._shown: tuple[object, ...] = ()
        self._title, self._version = ui.label(role="panel-title"), ui.label(role="muted")
        self._title.setObjectName("inspector.title")
        self._badge, self._about = ui.badge(), ui.label(role="small", wrap=True)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(ui.wrapping(self._title, self._version), 1)
        first.addWidget(self._badge.widget)
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(4)
        head.addLayout(first)
        head.addWidget(self._about)
        say = self._translate = context.translate
        self._titles = {
            "faults": say("Faults"),
            "adds": say("Adds"),
            "hooks": say("Hooks"),
            "options": say("Options"),
            "tokens": say("Tokens"),
        }
        self._tabs, self._pages = ui.tabs(), dict[str, QScrollArea]()
        for key, title in self._titles.items():
            page = self._pages[key] = QScrollArea()
            page.setWidgetResizable(True)
            page.setFrameShape(QFrame.Shape.NoFrame)
            self._tabs.add(key, title, page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._tabs.widget, 1)

    def choose(self, tab: str) -> None:
        """Bring a tab to the front, such as `options`."""
        self._tabs.choose(tab)

    def show_plugin(self, overview: Overview, plugin: str) -> None:
        """Show a plugin as it stands now; what has not changed stays as it is."""
        info = overview.info(plugin)
        if info is None:
            return
        faults, timings = overview.faults_of(plugin), overview.timings_of(plugin)
        options, wires = words.options_of(info, self._context.options(), self._translate), overview.wires_of(plugin)
        leaks = overview.leaks_of(plugin)
        state = (info, faults, leaks, timings, options, wires)
        if state == self._shown:
            return
        self._shown = state
        say = self._translate
        said, icon, _tone = words.states(say)[info.state]
        self._title.setText(info.name)
        self._version.setText(info.version)
        self._badge.set(said, _TONES.get(info.state, "neutral"), icon)
        level = say("{package}, API level {level}.", package=info.package, level=info.api_level)
        self._about.setText(f"{level} {info.summary}")
        self._say_counts(("faults", len(faults)), ("adds", len(info.contributions)), ("options", len(options)))
        self._fill("faults", self._of_faults(info, faults, leaks))
        self._fill("adds", [self._line(*words.added(one)) for one in info.contributions], say("It adds nothing."))
        rows = [self._line("clock", one.where, f"{words.milliseconds(one.mean)}, {one.calls:,}×") for one in timings]
        self._fill("hooks", rows, say("Nothing of it has been called yet."))
        lines = [self._line("settings-2", name, f"{value}, {layer}") for name, value, layer in options]
        self._fill("options", lines, say("It declares no option."))
        tokens = [self._line("unplug", wire.token, words.wire_words(wire, plugin, say)) for wire in wires]
        self._fill("tokens", tokens, say("It provides and uses no token."))

    def _say_counts(self, *counts: tuple[str, int]) -> None:
        titles = self._titles
        for key, count in counts:
            self._tabs.set_title(key, f"{titles[key]} {count}" if count else titles[key])

    def _fill(self, key: str, lines: Sequence[QWidget], nothing: str = "") -> None:
        page = QWidget()
        page.setProperty("ground", "surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        for line in lines or ([self._ui.label(nothing, "muted", wrap=True)] if nothing else []):
            column.addWidget(line)
        column.addStretch(1)
        self._pages[key].setWidget(page)

    def _line(self, icon: str, text: str, more: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        picture = self._ui.label()
        picture.setPixmap(self._ui.pixmap(icon, size=14))
        row.addWidget(picture)
        row.addWidget(self._ui.label(text, elide=True), 3)
        said = self._ui.label(more, "small", elide=True)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(said, 2)
        return line

    def _of_faults(self, info: PluginInfo, faults: Sequence[Fault], leaks: Sequence[Leak]) -> list[QWidget]:
        found: list[QWidget] = [self._card(info), *leak_parts(self._ui, self._translate, leaks)]
        if faults:
            found += self._last(faults)
        elif not leaks:
            found.append(
                self._ui.label(self._translate("It has done nothing wrong since the start."), "muted", wrap=True)
            )
        if info.contributions:
            found += [self._ui.line(), self._ui.label(self._translate("What it adds"), "strong")]
            found += [self._line(*words.added(one)) for one in info.contributions]
        return found

    def _last(self, faults: Sequence[Fault]) -> list[QWidget]:
        """The newest fault in full, and when the others were."""
        last = faults[0]
        code = self._ui.label(words.fault_text(last), "mono", selectable=True, wrap=True)
        code.setObjectName("inspector.fault")
        frame = QFrame()
        frame.setProperty("kind", "card")
        QVBoxLayout(frame).addWidget(code)
        found: list[QWidget] = [self._last_head(faults), frame]
        if last.said:
            found.append(self._ui.label(last.said, "small", selectable=True, wrap=True))
        if len(faults) > 1:
            times = ", ".join(f"{fault.at.astimezone():%H:%M:%S}" for fault in faults[1:6])
            found.append(self._ui.label(self._translate("Also {times}", times=times), "small", wrap=True))
        return found

    def _last_head(self, faults: Sequence[Fault]) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        say, time = self._translate, f"{faults[0].at.astimezone():%H:%M:%S}"
        row.addWidget(self._ui.label(say("Last fault, {time}", time=time), "strong"), 1)
        row.addWidget(self._ui.button(say("Copy report"), icon="copy", small=True, on_click=lambda: _copy(faults)))
        return head

    def _card(self, info: PluginInfo) -> QWidget:
        """What can be done with it now."""
        card, say = QFrame(), self._translate
        column = QVBoxLayout(card)
        column.setSpacing(8)
        if info.state in (PluginState.PAUSED, PluginState.REFUSED):
            card.setProperty("kind", "fault")
            column.setContentsMargins(12, 12, 12, 12)
            column.addWidget(self._ui.label(words.states(say)[info.state][0], "strong"))
        else:
            column.setContentsMargins(0, 0, 0, 0)
        if info.reason:
            column.addWidget(self._ui.label(info.reason, wrap=True, selectable=True))
        row = QHBoxLayout()
        runs = info.state is PluginState.RUNNING
        if not runs and info.state is not PluginState.READY:
            again = self._ui.button(say("Start again"), icon="rotate-cw", on_click=lambda: self._start(info.id))
            again.setObjectName("inspector.start")
            row.addWidget(again)
        if runs or info.state is PluginState.PAUSED:
            off = self._ui.button(say("Keep off"), icon="power", on_click=lambda: self._stop(info.id))
            off.setObjectName("inspector.stop")
            row.addWidget(off)
        row.addStretch(1)
        column.addLayout(row)
        return card


def _copy(faults: Sequence[Fault]) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText("\n\n".join(words.fault_text(fault) for fault in faults))
