"""An export of incident updates as a service desk writes it: made up from a seed, for the demo and the tests.

It has the columns and the habits of real exports: several rows for each incident, nearly but not always in order;
a first row that is not always New and whose revision may come again later; `?` for what is not known; rows that change
only `sys_` columns; incidents that are closed twice; times without a zone; the end of an incident known in each row.
"""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from workloom.bootstrap.demo_words import (
    CHANNELS,
    CODES,
    FIRST_NAMES,
    GROUPS,
    LAST_NAMES,
    LEVELS,
    LOCATIONS,
    PRIORITIES,
    SYMPTOMS,
    TROUBLES,
)

COLUMNS: Final = (
    "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla",
    "caller_id", "opened_by", "opened_at", "sys_created_by", "sys_created_at", "sys_updated_by", "sys_updated_at",
    "contact_type", "location", "category", "subcategory", "u_symptom", "cmdb_ci", "impact", "urgency", "priority",
    "assignment_group", "assigned_to", "knowledge", "u_priority_confirmation", "notify", "problem_id", "rfc", "vendor",
    "caused_by", "closed_code", "resolved_by", "resolved_at", "closed_at",
)  # fmt: skip
UNKNOWN: Final = "?"
TIME_FORMAT: Final = "%d-%m-%Y %H:%M"

_FIRST_STATES: Final = ("New",) * 7 + ("Active",) * 2 + ("Resolved",)
_HABITS: Final = 29
_REVISION_COMES_AGAIN, _REVISION_OF_THE_END, _CLOSED_TWICE = 7, 16, 25
"""Incidents whose number leaves one of these when divided by `_HABITS` have a habit of real exports."""

Row = dict[str, str]

BEGIN: Final = datetime(2026, 9, 7, 7, 30)  # noqa: DTZ001 - such an export names no zone


def demo_export(*, seed: int = 20, incidents: int = 120, begin: datetime = BEGIN) -> str:
    """The export as the text of a CSV file. The same arguments give the same text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(demo_rows(seed=seed, incidents=incidents, begin=begin))
    return text.getvalue()


def demo_rows(*, seed: int, incidents: int, begin: datetime) -> Iterator[Row]:
    """The rows of the export, incident by incident."""
    chance = Random(seed)  # noqa: S311 - a demo, no secret
    opened = begin
    for number in range(1, incidents + 1):
        opened += timedelta(minutes=chance.randint(1, 25))
        yield from _Incident(number, opened, chance).rows()


class _Incident:
    """One incident on its way from the call to the end."""

    def __init__(self, number: int, opened: datetime, chance: Random) -> None:
        self._habit = number % _HABITS
        self._chance = chance
        self._at = opened
        self._revision = 0
        self._now = self._first(number, opened)
        self._rows: list[Row] = []

    def rows(self) -> list[Row]:
        """All rows of the incident."""
        chance = self._chance
        self._add(self._now["incident_state"])
        if self._now["incident_state"] != "Resolved":
            for state in ("New", "Active", *chance.choices(("Awaiting User Info", "Active"), k=chance.randint(0, 3))):
                if chance.random() < 0.7:
                    self._change()
                    self._add(state)
                if chance.random() < 0.35:
                    self._add(self._now["incident_state"])
            self._add("Resolved")
        if chance.random() < 0.3:
            self._add("Resolved")
        self._now["active"] = "FALSE"
        self._add("Closed")
        if self._habit == _CLOSED_TWICE:
            self._add("Closed")
        self._tell_the_end()
        self._disorder()
        return self._rows

    def _first(self, number: int, opened: datetime) -> Row:
        chance = self._chance
        category = chance.choice(tuple(TROUBLES))
        level = chance.choices((0, 1, 2), (1, 10, 3))[0]
        created = opened + timedelta(minutes=chance.randint(0, 9))
        return {
            "number": f"INC{number:07d}",
            "incident_state": chance.choice(_FIRST_STATES),
            "active": "TRUE",
            "reassignment_count": "0",
            "reopen_count": "0",
            "made_sla": "TRUE",
            "caller_id": self._person(),
            "opened_by": self._maybe(self._person(), 0.9),
            "opened_at": opened.strftime(TIME_FORMAT),
            "sys_created_by": self._maybe(self._person(), 0.75),
            "sys_created_at": self._maybe(created.strftime(TIME_FORMAT), 0.75),
            "contact_type": chance.choice(CHANNELS),
            "location": chance.choice(LOCATIONS),
            "category": category,
            "subcategory": chance.choice(TROUBLES[category]),
            "u_symptom": self._maybe(chance.choice(SYMPTOMS), 0.7),
            "cmdb_ci": self._maybe(f"Device {chance.randint(100, 999)}", 0.1),
            "impact": LEVELS[level],
            "urgency": LEVELS[level],
            "priority": PRIORITIES[level + chance.choices((0, 1), (1, 6))[0]],
            "assignment_group": GROUPS[0],
            "assigned_to": UNKNOWN,
            "knowledge": chance.choice(("TRUE", "FALSE")),
            "u_priority_confirmation": "FALSE",
            "notify": "Do Not Notify",
            "problem_id": self._maybe(f"PRB{chance.randint(1, 40):07d}", 0.05),
            "rfc": self._maybe(f"CHG{chance.randint(1, 40):07d}", 0.03),
            "vendor": UNKNOWN,
            "caused_by": UNKNOWN,
            "closed_code": chance.choice(CODES),
        }

    def _change(self) -> None:
        """Something of the incident changes beside its state."""
        chance, now = self._chance, self._now
        match chance.randint(0, 3):
            case 0:
                now["assignment_group"] = chance.choice(GROUPS[1:])
                now["reassignment_count"] = str(int(now["reassignment_count"]) + 1)
            case 1:
                now["assigned_to"] = self._person()
            case 2:
                now["u_symptom"] = chance.choice(SYMPTOMS)
            case _:
                now["subcategory"] = chance.choice(TROUBLES[now["category"]])

    def _add(self, state: str) -> None:
        """The next row. With the same state and nothing changed, only its `sys_` columns are new."""
        self._now["incident_state"] = state
        self._at += timedelta(minutes=self._chance.randint(1, 600))
        row = {
            **self._now,
            "sys_mod_count": str(self._revision),
            "sys_updated_by": self._person(),
            "sys_updated_at": self._at.strftime(TIME_FORMAT),
        }
        self._rows.append(row)
        self._revision += self._chance.choices((1, 2), (9, 1))[0]

    def _tell_the_end(self) -> None:
        """When and by whom the incident ends stands in each row, as an export made afterwards has it."""
        resolved = next(row for row in self._rows if row["incident_state"] == "Resolved")
        end = {
            "resolved_by": resolved["sys_updated_by"],
            "resolved_at": self._maybe(resolved["sys_updated_at"], 0.98),
            "closed_at": self._rows[-1]["sys_updated_at"],
        }
        for row in self._rows:
            row.update(end)

    def _disorder(self) -> None:
        """The first row of some incidents carries a revision that comes again, of the second row or of the last."""
        if self._habit == _REVISION_COMES_AGAIN:
            self._rows[0]["sys_mod_count"] = self._rows[min(2, len(self._rows) - 2)]["sys_mod_count"]
        elif self._habit == _REVISION_OF_THE_END:
            first, second = self._rows[0], self._rows[1]
            first["sys_mod_count"] = self._rows[-1]["sys_mod_count"]
            first["sys_updated_at"], second["sys_updated_at"] = second["sys_updated_at"], first["sys_updated_at"]

    def _person(self) -> str:
        return f"{self._chance.choice(FIRST_NAMES)} {self._chance.choice(LAST_NAMES)}"

    def _maybe(self, text: str, likely: float) -> str:
        return text if self._chance.random() < likely else UNKNOWN
