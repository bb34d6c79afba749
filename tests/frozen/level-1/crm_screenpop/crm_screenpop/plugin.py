"""The hooks: what the extension brings to the desktop."""

from collections.abc import Sequence
from functools import partial

from crm_screenpop.client import Crm
from workloom.api import Context, View, hook


class CrmScreenpop:
    """One panel; the memory of the CRM's answers is shared by all items of the process."""

    def __init__(self) -> None:
        self._crm = Crm()

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The panel beside an open item."""
        from crm_screenpop.view import CustomerPanel

        return (View(id="crm_screenpop.customer", make_for=partial(CustomerPanel, context, self._crm)),)
