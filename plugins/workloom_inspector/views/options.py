"""The view of all options: who set what, and an editor made of each declaration."""

from PyQt6.QtGui import QShowEvent

from workloom.api import Column, Context, Event, EventKind, PageRequest, option_catalogue, plugins_of, say_count
from workloom.api.ui import WhenGone, kit
from workloom_inspector.settings import Shown, row, shown
from workloom_inspector.views.editor import Editor
from workloom_inspector.views.frame import ListWithPanel


class OptionsView(ListWithPanel):
    """Shows what holds for the agent, and lets who may change the configuration set options."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("options")
        self._context, self._ui = context, kit(context)
        self._catalogue = option_catalogue(plugins_of(context))
        ui = self._ui
        self._count = ui.label(role="muted")
        say = self._translate = context.translate
        hint = say("Filter by name, meaning, value or layer")
        self.search = ui.search_field(say("Filter the options"), placeholder=hint, key="Ctrl+F")
        self.search.on_edited(self.filter_again)
        columns = (
            Column(key="name", title=say("Option"), width=280, stretch=True),
            Column(key="value", title=say("In effect"), width=160),
            Column(key="layer", title=say("Set by"), width=128, optional=True),
            Column(key="by", title=say("Declared by"), width=120, optional=True),
        )
        self.table = ui.table(say("Options"), columns, kept="inspector.options")
        self.table.on_fetch(self._fetch)
        self.editor = Editor(context, ui)
        self.table.on_current(self._choose)
        self.lay_out(
            ui,
            say("Options"),
            self._count,
            filters=(self.search.widget,),
            parts=((self.table.widget, 1),),
            panel=self.editor,
        )
        self.setFocusProxy(self.table.widget)
        self._end = WhenGone(self, context.subscribe(self._happened))
        context.read(context.services.configuration.me, self.editor.show_person)

    def options(self) -> tuple[Shown, ...]:
        """The options on show."""
        return shown(self._catalogue, self._context.options(), self.search.text())

    def filter_again(self) -> None:
        """The filter is another one."""
        self.table.reset_rows()

    def reveal(self, option: str) -> None:
        """Show an option."""
        self.search.set_text("")
        self.table.choose(option)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: it is seen."""
        super().showEvent(event)
        self.table.refresh()
        self.table.widget.setFocus()

    def _happened(self, event: Event) -> None:
        if event.kind is EventKind.SITE_APPLIED:
            self.table.refresh()

    def _fetch(self, request: PageRequest) -> None:
        options = self.options()
        self._count.setText(say_count(self._translate, len(options), "{count} option", "{count:,} options"))
        places = {one.name: place for place, one in enumerate(options) if one.name in request.find}
        page = options[request.offset : request.offset + request.limit]
        request.answer([row(one, self._translate) for one in page], len(options), places)

    def _choose(self, name: str) -> None:
        one = next((one for one in self.options() if one.name == name), None)
        if one is not None:
            self.editor.show_option(one)
