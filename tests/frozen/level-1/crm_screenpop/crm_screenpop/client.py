"""Asking the CRM: with a time-out over the whole answer, and a memory. No Qt; any thread."""

import json
import time
from collections import OrderedDict
from threading import Lock
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from msgspec import Struct, ValidationError, convert

KEPT_SECONDS: Final = 300.0
"""How long an answer is taken from memory."""

KEPT_AT_MOST: Final = 200
LONGEST_ANSWER: Final = 1_000_000
"""In bytes; more is no customer."""

STEP: Final = 16_384


class Customer(Struct, frozen=True):
    """What the CRM says of a customer. `url`: where the CRM shows them."""

    name: str
    segment: str = ""
    since: str = ""
    phone: str = ""
    url: str = ""


class CrmTrouble(Exception):
    """The CRM did not answer, or not with a customer. The text is for the agent."""


class Crm:
    """Asks for customers. `address` holds `{customer}`; `seconds` is for the whole answer, however it drips."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Customer | None]] = OrderedDict()
        self._lock = Lock()

    def find(self, address: str, customer: str, seconds: float) -> Customer | None:
        """The customer, None if the CRM knows none of that number. CrmTrouble. Blocks, `seconds` at most."""
        url = address.replace("{customer}", quote(customer, safe=""))
        now = time.monotonic()
        with self._lock:
            asked, found = self._kept.get(url, (float("-inf"), None))
        if now - asked < KEPT_SECONDS:
            return found
        found = _ask(url, now + seconds)
        with self._lock:
            self._kept[url] = (now, found)
            self._kept.move_to_end(url)
            while len(self._kept) > KEPT_AT_MOST:
                self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """Ask anew for everybody."""
        with self._lock:
            self._kept.clear()


def _ask(url: str, until: float) -> Customer | None:
    late = CrmTrouble("The CRM took too long.")
    try:
        # The option allows http and https only.
        with urlopen(url, timeout=max(0.1, until - time.monotonic())) as answer:  # noqa: S310
            body = b""
            while part := answer.read1(STEP):
                body += part
                if time.monotonic() > until:
                    raise late
                if len(body) > LONGEST_ANSWER:
                    raise CrmTrouble("The CRM sent too much for one customer.")
        return convert(json.loads(body), Customer)
    except TimeoutError as error:
        raise late from error
    except HTTPError as error:
        if error.code == 404:
            return None
        raise CrmTrouble(f"The CRM answered with an error ({error.code}).") from error
    except OSError as error:
        raise (
            late
            if isinstance(getattr(error, "reason", None), TimeoutError)
            else CrmTrouble("The CRM cannot be reached.")
        ) from error
    except (ValueError, ValidationError) as error:
        raise CrmTrouble("The CRM sent something else than a customer.") from error
