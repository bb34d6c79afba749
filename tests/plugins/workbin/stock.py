"""A data folder with the demo site and the items of the design's pictures: resting, open, done."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workloom.adapters.ids import SystemIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.api import AddNote, Command, MarkDone, PlaceInWorkbin, Pull, Services, SetDisposition
from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.interaction import Interaction, WorkItemAttributes
from workloom.services.contacts import find_or_create

PASSWORD = "alpenrand"
QUEUES = {"claim": "claims-late", "invoice": "ap-freight", "form": "forms"}
MARTA: Mapping[str, str] = {
    "FirstName": "Marta",
    "LastName": "Lindqvist",
    "PhoneNumber": "+49 89 5550 0142",
    "EmailAddress": "marta.lindqvist@example.org",
    "Address": "Ahornweg 17, 81671 München",
}


class Stock:
    """Makes items through the services, as the people who had them would."""

    def __init__(self, data: Path) -> None:
        self.engine: Engine = open_engine(data, hasher=Argon2Passwords(cheap=True))
        start_from_demo(self.engine.configuration)
        self._sessions: dict[str, Services] = {}
        self._made = 0
        self._ids = SystemIds()
        self.now = datetime.now(UTC)

    def leave(self) -> None:
        """Let the file go. Who has an item open keeps it for the moment."""
        self.engine.stop()

    def of(self, name: str) -> Services:
        """The services of somebody, logged in on no channel, so that nothing is offered."""
        if name not in self._sessions:
            plan = self.engine.backend.authenticate(name, PASSWORD)
            session = self.engine.backend.log_in(plan.ticket, channels=())
            self._sessions[name] = self.engine.backend.services(session)
        return self._sessions[name]

    def do(self, name: str, *commands: Command) -> None:
        """Have somebody do something."""
        for command in commands:
            self.of(name).items.execute(command)

    def item(
        self,
        subject: str,
        contact: str,
        *,
        kind: str = "claim",
        hours_ago: float = 1,
        due_in: float | None = 30,
        priority: int = 1000,
        queue: str = "",
        segment: str = "",
        attached: Mapping[str, str] | None = None,
    ) -> str:
        """A new item in a queue that nobody is routed from; its id. The contact is found by its name."""
        self._made += 1
        key = contact.casefold().replace(" ", ".")
        first, _, last = contact.rpartition(" ")
        attributes = {**(MARTA if contact == "Marta Lindqvist" else {}), "FirstName": first, "LastName": last}
        received = self.now - timedelta(hours=hours_ago)
        queue = queue or QUEUES[kind]
        tenant = self.engine.configuration.site().tenant
        with self.engine.store.transaction() as transaction:
            known = ""
            if contact:
                known = find_or_create(
                    transaction, self._ids, tenant=tenant, key=key, attributes=attributes, now=self.now
                ).id
            item = Interaction(
                id=f"item-{self._made}",
                external_id=f"{kind[:3].upper()}-2026-{11680 + self._made}",
                tenant=tenant,
                media_type=kind,
                queue=queue,
                received_at=received,
                submitted_at=received,
                placed_at=received,
                queue_since={queue: received},
                priority=priority,
                contact_id=known,
                attached={"Subject": subject, **(attached or {})},
                attributes=WorkItemAttributes(
                    due_at=None if due_in is None else self.now + timedelta(hours=due_in), customer_segment=segment
                ),
            )
            transaction.items.insert(item)
        return item.id

    def put(self, item: str, owner: str, workbin: str, *, by: str = "") -> None:
        """Somebody takes the item and puts it into the owner's workbin."""
        who = by or owner
        self.do(who, Pull(item=item), PlaceInWorkbin(item=item, workbin=workbin, owner=owner))

    def done(self, item: str, by: str, disposition: str = "paid-full") -> None:
        """Somebody takes the item and finishes it."""
        self.do(by, Pull(item=item))
        self.do(by, SetDisposition(item=item, value=disposition), MarkDone(item=item))


def furnish(data: Path) -> dict[str, str]:
    """The workbins of picture 05 and the history of picture 06, seen by Lena; ids by subject."""
    stock = Stock(data)
    made: dict[str, str] = {}
    for subject, contact, kind, hours, due, priority in (
        ("Fax of 4 pages, +49 30 5550 0199", "", "form", 63, 170, 500),
        ("Bicycle theft, cellar", "Ingrid Sørensen", "claim", 58, 140, 1000),
        ("Glass damage, windscreen", "Tomasz Wieczorek", "claim", 54, -3, 3000),
        ("Repair invoice 7741, parquet", "Holzbau Reiter KG", "invoice", 38, 120, 500),
        ("Broken shop window", "Olivia Ferrante", "claim", 33, 60, 1000),
        ("Sick-pay form, 2 pages missing", "Praxis Dr. Weiß", "form", 31, 100, 1000),
        ("Locksmith invoice 88-204", "Marta Lindqvist", "invoice", 2.4, 45, 1000),
    ):
        made[subject] = stock.item(subject, contact, kind=kind, hours_ago=hours, due_in=due, priority=priority)
        stock.put(made[subject], "lena", "waiting" if kind != "form" else "in-progress")
    for subject, contact, kind, late, priority in (
        ("Storm damage, garden shed", "Hakan Yildirim", "claim", 0.2, 2400),
        ("Freight invoice 2026-11689", "Nordwind Logistik GmbH", "invoice", 35, 2400),
    ):
        made[subject] = stock.item(
            subject, contact, kind=kind, due_in=late, priority=priority, segment="Gold", attached={"Amount": "4850"}
        )
        stock.do("samira", Pull(item=made[subject]))
        stock.do(
            "samira",
            AddNote(item=made[subject], text="Delivery note is missing. Supplier sends it today, then it can be paid."),
            PlaceInWorkbin(item=made[subject], workbin="waiting", owner="lena"),
        )
    made["Parquet, second appraisal"] = stock.item("Parquet, second appraisal", "Marta Lindqvist", hours_ago=26)
    made["Bank details, payee"] = stock.item("Bank details, payee", "Marta Lindqvist", kind="form", hours_ago=40)
    stock.put(made["Bank details, payee"], "samira", "in-progress")
    for subject, hours, kind, by in (
        ("Change of address", 1200, "form", "jonas"),
        ("Bicycle theft, S-Bahn station", 6100, "claim", "lena"),
        ("Contract change, Home Plus", 7700, "form", "tomasz"),
    ):
        made[subject] = stock.item(
            subject, "Marta Lindqvist", kind=kind, hours_ago=hours, attached={"ClaimType": "Theft"}
        )
        stock.done(made[subject], by)
    for number in range(3):
        subject = f"Roof, part {number + 1}"
        made[subject] = stock.item(subject, "Hakan Yildirim", hours_ago=10 + number)
        stock.put(made[subject], "Household team", "household-team", by="lena")
    made["Water damage, kitchen and cellar"] = stock.item(
        "Water damage, kitchen and cellar", "Marta Lindqvist", hours_ago=52, due_in=2.3, priority=2400, segment="Gold"
    )
    stock.do("lena", Pull(item=made["Water damage, kitchen and cellar"]))
    stock.leave()
    return made
