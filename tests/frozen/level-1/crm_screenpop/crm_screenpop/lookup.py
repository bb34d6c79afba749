"""From an item to its customer: what the panel shows, without Qt."""

from msgspec import Struct

from crm_screenpop.client import Crm, CrmTrouble, Customer
from workloom.api import OptionSet, Services


class Answer(Struct, frozen=True, kw_only=True):
    """A customer, or words on why there is none. `again`: asking again may help."""

    customer: Customer | None = None
    why_not: str = ""
    again: bool = False


def look_up(services: Services, options: OptionSet, crm: Crm, item: str) -> Answer:
    """The customer of an item. Asks the services and the CRM; blocks."""
    address = options.text("crm-screenpop.address")
    if not address:
        return Answer(why_not="No CRM is set up. An administrator sets the option crm-screenpop.address.")
    number = str(services.items.get(item).item.attached.get(options.text("crm-screenpop.key"), ""))
    if not number:
        return Answer(why_not="The item names no customer.")
    try:
        customer = crm.find(address, number, options.number("crm-screenpop.timeout"))
    except CrmTrouble as trouble:
        return Answer(why_not=str(trouble), again=True)
    return Answer(customer=customer, why_not="" if customer else f"The CRM knows no customer {number}.")
