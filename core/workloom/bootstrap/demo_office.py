"""The demo's claims, invoices and forms: made up from a seed, as a mail room of an insurer would send them.

Some were finished long ago, so that customers have a history; some rest in workbins; the rest waits in its queues.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from random import Random
from typing import Any, Final
from unicodedata import normalize

from msgspec import Struct, convert
from msgspec.structs import replace

DAYS: Final = 60
DONE, RESTING, WAITING = 30, 16, 26
"""How many pieces of each fate there are."""

LARGE: Final = 12_000
"""Euros from which on a claim is a large loss."""

_HANDLERS: Final = {
    "claim": ("lena", "jonas", "tamara", "lena"),
    "invoice": ("samira", "jonas"),
    "form": ("jonas", "lena"),
}


class Fate(StrEnum):
    """What has become of a piece."""

    DONE = "done"
    RESTING = "resting"
    WAITING = "waiting"


class Customer(Struct, frozen=True, kw_only=True):
    """Somebody who writes: a person, or a firm, which has no first name."""

    last: str
    phone: str
    title: str = ""
    first: str = ""
    segment: str = ""


class Loss(Struct, frozen=True, kw_only=True):
    """A kind of damage; `least` and `most` are euros."""

    subject: str
    type: str
    cause: str
    product: str
    text: str
    least: int
    most: int


class Bill(Struct, frozen=True, kw_only=True):
    """A kind of invoice and its supplier; `{}` in the subject is its number."""

    supplier: str
    subject: str
    queue: str
    centre: str
    text: str
    least: int
    most: int


class End(Struct, frozen=True, kw_only=True):
    """How a piece ends, and what is noted then."""

    disposition: str
    note: str


class Words(Struct, frozen=True, kw_only=True, rename="kebab"):
    """`demo_office_words.toml`."""

    customers: tuple[Customer, ...]
    suppliers: tuple[Customer, ...]
    losses: tuple[Loss, ...]
    bills: tuple[Bill, ...]
    forms: tuple[str, ...]
    waiting_for: tuple[str, ...]
    ends: Mapping[str, tuple[End, ...]]


class Piece(Struct, frozen=True, kw_only=True):
    """One piece of mail as a row, when it came, and what a person did with it when."""

    row: dict[str, Any]
    received: datetime
    fate: Fate
    handled: datetime | None = None
    handler: str = ""
    disposition: str = ""
    note: str = ""
    workbin: str = ""
    owner: str = ""  # of the workbin; empty = the handler


class Office:
    """Makes pieces. The same seed and the same instant make the same ones. `first`: number before that of the first."""

    def __init__(self, now: datetime, seed: int = 67, first: int = 0) -> None:
        self._now = now
        self._chance = Random(seed)  # noqa: S311 - a demo, no secret
        self._words = words()
        self._number = first

    def pieces(self) -> Iterator[Piece]:
        """All pieces, oldest first."""
        fates = [(Fate.DONE, DAYS * 24.0, 30.0)] * DONE
        fates += [(Fate.RESTING, 70.0, 5.0)] * RESTING
        fates += [(Fate.WAITING, 20.0, 0.1)] * WAITING
        ages = sorted(((self._chance.uniform(least, most), fate) for fate, most, least in fates), reverse=True)
        for age, fate in ages:
            yield self._piece(fate, self._now - timedelta(hours=age))

    def arriving(self, at: datetime, kind: str = "") -> Piece:
        """One more piece, which comes at that instant and waits; of a kind where one is given."""
        return self._piece(Fate.WAITING, at, kind)

    def _piece(self, fate: Fate, received: datetime, kind: str = "") -> Piece:
        chance = self._chance
        # Nobody has room for a form in the demo: one that waited would wait for ever.
        kind = kind or chance.choices(("claim", "invoice", "form"), (6, 3, 2 if fate is Fate.DONE else 0))[0]
        self._number += 1
        row = {"claim": self._claim, "invoice": self._invoice, "form": self._form}[kind](received)
        piece = Piece(row=row, received=received, fate=fate, handler=chance.choice(_HANDLERS[kind]))
        if fate is Fate.DONE:
            end = chance.choice(self._words.ends[kind])
            handled = received + timedelta(hours=chance.uniform(1, 28))
            return replace(piece, handled=handled, disposition=end.disposition, note=end.note)
        if fate is Fate.RESTING:
            handled = received + timedelta(hours=chance.uniform(0.5, 4))
            piece = replace(piece, handled=handled, note=chance.choice(self._words.waiting_for))
            if kind == "claim" and chance.random() < 0.3:
                return replace(piece, handler="jonas", workbin="household-team", owner="Household team")
            handler = chance.choice(("lena", "lena", "lena", "jonas", "samira"))
            return replace(piece, handler=handler, workbin=chance.choice(("waiting", "waiting", "in-progress")))
        return piece

    def _row(self, kind: str, prefix: str, who: Customer, received: datetime) -> dict[str, Any]:
        chance = self._chance
        due = (received + timedelta(days=chance.randint(1, 5))).replace(hour=15, minute=0)
        return {
            "id": f"{prefix}-{received:%Y}-{48100 + self._number:06d}",
            "kind": kind,
            "priority": chance.choice((2400, 2000) if who.segment else (500, 1000, 1000, 2000)),
            "received": received.isoformat(),
            "due": due.isoformat(),
            "segment": who.segment,
            "customer": {
                "title": who.title,
                "first": who.first,
                "last": who.last if who.first else "",
                "name": "" if who.first else who.last,
                "mail": _mail(who),
                "phone": who.phone,
            },
        }

    def _claim(self, received: datetime) -> dict[str, Any]:
        chance = self._chance
        who, loss = chance.choice(self._words.customers), chance.choice(self._words.losses)
        estimate = chance.randint(loss.least // 10, loss.most // 10) * 10
        large, motor = estimate >= LARGE, loss.product.startswith("Motor")
        lost = received - timedelta(days=chance.randint(0, 4))
        return {
            **self._row("claim", "CLM", who, received),
            "subject": loss.subject,
            "queue": "claims-large-losses" if large else "claims-experts" if motor else "claims-household",
            "options": "Claims,LargeLosses" if large else "Claims",
            "Policy": f"{'MC' if motor else 'HP'}-{chance.randint(1000, 9999)}-{chance.randint(10000, 99999)}",
            "Product": loss.product,
            "PolicyHolder": f"{who.first} {who.last}".strip(),
            "CoverageLimit": f"{chance.choice((50, 75, 100))}000.00",
            "Reported": received.isoformat(timespec="minutes"),
            "Deductible": chance.choice(("0.00", "150.00", "300.00")),
            "ClaimType": loss.type,
            "Expert": "Tamara Lang" if large else "None",
            "DateOfLoss": f"{lost:%Y-%m-%d}",
            "Estimate": f"{estimate}.00",
            "Cause": loss.cause,
            "IBAN": self._iban(),
            "Description": loss.text,
            "Statement": chance.choice(("true", "false")),
        }

    def _invoice(self, received: datetime) -> dict[str, Any]:
        chance = self._chance
        bill = chance.choice(self._words.bills)
        who = next(supplier for supplier in self._words.suppliers if supplier.last == bill.supplier)
        number = f"{received:%Y}-{chance.randint(10000, 19999)}"
        reminder = chance.choice(("", "", "", ", second reminder"))
        return {
            **self._row("invoice", "INV", who, received),
            "subject": bill.subject.format(number) + reminder,
            "queue": bill.queue,
            "options": "Invoices",
            "Supplier": who.last,
            "Amount": f"{chance.randint(bill.least * 100, bill.most * 100) / 100:.2f}",
            "PurchaseOrder": f"4500-{chance.randint(90000, 99999)}",
            "CostCentre": bill.centre,
            "PayBy": f"{received + timedelta(days=chance.randint(3, 14)):%Y-%m-%d}",
            "Description": bill.text,
        }

    def _form(self, received: datetime) -> dict[str, Any]:
        who = self._chance.choice(self._words.customers)
        return {
            **self._row("form", "FRM", who, received),
            "subject": self._chance.choice(self._words.forms),
            "queue": "forms",
            "options": "Forms",
            "Product": "Home Plus 2024",
        }

    def _iban(self) -> str:
        """A German number with the right check digits, of a bank that does not exist; now and then a digit short."""
        account = f"{self._chance.randint(0, 10**9):018d}"
        check = 98 - int(f"{account}131400") % 97  # D = 13, E = 14
        text = f"DE{check:02d}{account}"
        text = text[:-1] if self._chance.random() < 0.1 else text
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def words() -> Words:
    """The words of the demo's mail."""
    text = files("workloom.bootstrap").joinpath("demo_office_words.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), Words)


def _mail(who: Customer) -> str:
    """An address in a domain that is kept for examples."""
    plain = normalize("NFKD", f"{who.first or 'post'}.{who.last}".replace("ø", "o").replace("ß", "ss"))
    return (
        "".join(sign for sign in plain.lower() if sign.isascii() and (sign.isalnum() or sign == ".")) + "@example.org"
    )
