"""The panel. The CRM is asked off the UI thread; until it answers, the panel says so."""

from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crm_screenpop.client import Crm, Customer
from crm_screenpop.lookup import Answer, look_up
from workloom.api import Context, Event
from workloom.api.ui import kit

LABELS = {"segment": "Segment", "since": "Customer since", "phone": "Phone"}


class CustomerPanel(QWidget):
    """The customer of one item."""

    def __init__(self, context: Context, crm: Crm, item: str) -> None:
        super().__init__()
        self._context, self._crm, self._item = context, crm, item
        self._ui = kit(context)
        self._shown: set[str] = set()
        self._url = ""
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words())
        self._stack.addWidget(self._customer())
        context.subscribe(self._heard, item=item)
        self._ask()

    def _words(self) -> QWidget:
        """What is said instead of a customer."""
        page = QWidget()
        self._said = self._ui.label(role="muted", wrap=True)
        self._again = self._ui.button("Try again", icon="refresh-cw", small=True, on_click=self._ask)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._said)
        row = QHBoxLayout()
        row.addWidget(self._again)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _customer(self) -> QWidget:
        page = QWidget()
        self._name = self._ui.label(role="panel-title", elide=True)
        self._form = self._ui.form(columns=1)
        self._link = self._ui.button("Open in the CRM", icon="external-link", small=True, on_click=self._open)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._name)
        column.addWidget(self._form.widget)
        row = QHBoxLayout()
        row.addWidget(self._link)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _ask(self) -> None:
        self._say("Asking the CRM …", again=False)
        context = self._context
        context.read(partial(look_up, context.services, context.options(), self._crm, self._item), self._show)

    def _heard(self, _event: Event) -> None:
        """The item has changed, and its customer perhaps: answered from memory if not."""
        context = self._context
        context.read(partial(look_up, context.services, context.options(), self._crm, self._item), self._show)

    def _show(self, answer: Answer) -> None:
        if answer.customer is None:
            self._say(answer.why_not, again=answer.again)
        else:
            self._show_customer(answer.customer)

    def _show_customer(self, customer: Customer) -> None:
        self._name.setText(customer.name)
        for key, label in LABELS.items():
            value = getattr(customer, key)
            if key in self._shown:
                self._form.set_text(key, value or "–")
            elif value:
                self._form.add_text(key, label, value)
                self._shown.add(key)
        self._url = customer.url
        self._link.setVisible(bool(customer.url))
        self._stack.setCurrentIndex(1)

    def _say(self, words: str, *, again: bool) -> None:
        self._said.setText(words)
        self._again.setVisible(again)
        self._stack.setCurrentIndex(0)

    def _open(self) -> None:
        self._ui.open_address(self._url)
