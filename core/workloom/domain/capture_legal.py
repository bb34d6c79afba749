"""Which messages the state of an item allows, for a source that is told: one that sends messages one by one.

An import passes over what an item cannot take, since an export says the same again and again.
"""

from workloom.domain.capture_messages import Verb
from workloom.domain.errors import Finished, Refused
from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import singular
from workloom.domain.site import Site
from workloom.domain.wording import within_sentence


def check_legal(verb: Verb, item: Interaction, site: Site) -> None:
    """Raise Finished or Refused if the item cannot take such a message. Holding a held item once more changes nothing.

    A create never fails here: of an item that exists already it changes nothing.
    """
    what = within_sentence(singular(item, site))
    if verb is Verb.RESTART and not item.is_finished:
        raise Refused(f"This {what} is not finished: it is {item.state.value}. Only a finished one can be restarted.")
    if item.is_finished and verb not in (Verb.CREATE, Verb.RESTART):
        raise Finished(f"This {what} is {item.outcome.value}. Send a restart before any other message.")
    if verb is Verb.RESUME and not item.is_held:
        raise Refused(f"This {what} is not held, so there is nothing to resume.")
