"""Whether a caller may see an item, and what is said of one that the caller may not see."""

from workloom.domain.errors import NotAllowed, NotFound
from workloom.domain.interaction import Interaction, State
from workloom.domain.privileges import CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE, MY_HISTORY
from workloom.domain.resting import may_open
from workloom.domain.sentences import sentence
from workloom.domain.workbin_access import section_of
from workloom.services.callers import Caller
from workloom.services.ports import Reader


def may_see(reader: Reader, caller: Caller, found: Interaction) -> bool:
    """Whether the caller has or had the item, is offered it, could open it, sees the workbin where it rests, or holds a
    history or supervisor privilege.
    """
    offer = found.offer
    mine = found.state is State.HANDLING and found.assigned_to == caller.name
    if mine or (offer is not None and offer.agent == caller.name):
        return True
    if any(map(caller.may, (CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE))):
        return True
    if may_open(found, caller.site, caller.viewer).can_open:
        return True
    if found.workbin and section_of(caller.site, found.workbin, found.workbin_owner, caller.viewer):
        return True
    return caller.may(MY_HISTORY) and reader.items.was_party(found.id, caller.name)


def visible(reader: Reader, caller: Caller, item: str) -> Interaction:
    """The item, if the caller may see it. NotFound, NotAllowed."""
    found = reader.items.get(item)
    if found is None or found.tenant != caller.site.tenant:
        raise NotFound(sentence("There is no item {item}.", item=item))
    if not may_see(reader, caller, found):
        raise NotAllowed(sentence("You may not see this item. Ask your administrator."), privilege=INTERACTION_SEARCH)
    return found


def known(reader: Reader, caller: Caller, item: str) -> Interaction:
    """The item for a question in which it is only named: one that is hidden is as unknown as one that is not there.

    NotFound.
    """
    try:
        return visible(reader, caller, item)
    except (NotAllowed, NotFound):
        raise NotFound(sentence("This item does not exist, or you may not see it.")) from None
