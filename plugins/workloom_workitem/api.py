"""What other plugins can tell this one: a work item type in one declaration, and what depends on the single item.

A plugin that requires `workitem` implements these hooks in its class for the desktop, with `@hook` as any other:

    class Claims:
        @hook
        def work_item_types(self, context: Context) -> Sequence[WorkItemType]:
            return (WorkItemType(id="acme.claim", media_type="claim", fields=FIELDS, dispositions=OUTCOMES),)
"""

from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct

from workloom.api import AttributeValue, Context, Interaction, Token, hookspec


class WorkItemType(Struct, frozen=True, kw_only=True):
    """One kind of work item: its case data, its dispositions, what Done needs. It holds wherever such items are shown.

    Of the types that fit an item, one that names its subtype wins over one of the whole media type (`subtypes` empty),
    then the first by `order` and id.

    `fields` stand before those of the site's case-data format and take the place of fields of the same name; they are
    checked as those are, and required ones are needed for Done. `dispositions` take the place of the site's; `values`
    makes one a folder. The service takes values that the site does not list where the site sets
    `<mt>.disposition.is-free`. A view or a toolbar of its own is an `InteractionView` or an `Action` for the subtype;
    `PANES` makes the usual pane for it, with something of one's own in it.
    """

    id: str
    media_type: str
    subtypes: tuple[str, ...] = ()
    fields: tuple[AttributeValue, ...] = ()
    dispositions: tuple[AttributeValue, ...] = ()
    needs_disposition: bool = False
    order: int = 500

    def fits(self, item: Interaction) -> bool:
        """Whether an item is of this type."""
        return item.media_type == self.media_type and (not self.subtypes or item.subtype in self.subtypes)


class Problem(Struct, frozen=True, kw_only=True):
    """Why an item cannot be done yet, a sentence; `field` is the field of the case data at fault, if it is one."""

    text: str
    field: str = ""


class ItemPanes(Protocol):
    """The panes of work items, for an `InteractionView` of another plugin. Only on the UI thread."""

    def pane(self, item: str, above: object = None) -> object:
        """The usual pane of an item, as a widget, with the widget `above` at the head of its form."""
        ...

    def go_to_field(self, item: str, field: str) -> bool:
        """Let the keyboard go to a field of the case data; False if its pane is not open or lacks it."""
        ...

    def go_to_disposition(self, item: str) -> bool:
        """Let the keyboard go to the disposition; False if the item's pane is not open."""
        ...


PANES: Final[Token[ItemPanes]] = Token("workitem.panes")
"""Makes panes of work items. A plugin that uses it names it under `requires` in its manifest."""


class WorkItemHooks:
    """Hooks that plugins may implement which require `workitem`."""

    @hookspec
    def work_item_types(self, context: Context) -> Sequence[WorkItemType]:
        """Kinds of work items. Collect; called off the UI thread for each item that is read: answer at once.

        Who has not answered after 5 seconds is left out, here as for the hooks below, and that is a fault. Done is
        refused while a plugin fails to say its types.
        """
        return ()

    @hookspec
    def work_item_dispositions(self, context: Context, item: Interaction) -> Sequence[AttributeValue]:
        """Dispositions that are found out elsewhere, such as by a REST service. The first plugin that has some decides.

        Called off the UI thread when an item is opened, and may take 5 seconds: the item is shown meanwhile. What it
        answers is kept for ten minutes for all items of the type; after an empty answer or a fault it is asked again.
        """
        return ()

    @hookspec
    def work_item_problems(self, context: Context, item: Interaction) -> Sequence[Problem]:
        """What stands against Done. Collect; called off the UI thread before each Done, for one item and for many.

        It is a gate: while a plugin fails here, is late or answers what does not fit, Done is refused with its name.
        """
        return ()
