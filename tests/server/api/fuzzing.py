"""schemathesis over the whole API in this process: every operation, all phases and checks, from a seed."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from tests.server.api.office import TOKENS, Office
from workloom.server.http_api.api import DOCUMENT_PATH

# 412 belongs to a request that names a version which the object does not have; no schema can tell which one it has.
GOOD_ANSWERS: Final = ["2xx", "401", "403", "404", "409", "412"]


ALIKE: Final = (
    "put-item",
    "update-item",
    "resume-item",
    "complete-item",
    "cancel-item",
    "restart-item",
    "send-messages",
    "send-event",
)
"""Operations whose body is that of another one: every value of it at its bounds is tried there, 400 requests each."""


class Found(Counter[str]):
    """How many requests there were for each operation, and what was wrong."""

    problems: list[str]


def run(office: Office, *, seed: int, examples: int, steps: int, only: Sequence[str] = ()) -> Found:
    """Everything that schemathesis has to say. `examples` for each operation, `steps` chains of requests."""
    config = SchemathesisConfig.from_dict(settings(seed, examples, steps))
    schema: Any = schemathesis.openapi.from_asgi(DOCUMENT_PATH, office.app, config=config)
    if only:
        schema = schema.include(operation_id=list(only))
    found = Found()
    found.problems = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(event, found)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.problems.append(f"schemathesis: {getattr(event, 'info', event)!s:.2000}")
    return found


def settings(seed: int, examples: int, steps: int) -> dict[str, Any]:
    """Of schemathesis, as its configuration file says them."""
    return {
        "seed": seed,
        "parameters": {"path.point": "servicedesk"},
        "headers": {"Authorization": f"Bearer {TOKENS['all']}"},
        "checks": {"positive_data_acceptance": {"expected-statuses": GOOD_ANSWERS}},
        "generation": {"mode": "all", "max-examples": examples, "database": "none", "no-shrink": True},
        "operations": [{"include-operation-id": name, "phases": {"coverage": {"enabled": False}}} for name in ALIKE],
        "phases": {"stateful": {"max-steps": 6, "generation": {"max-examples": steps}}},
    }


def _note(event: events.ScenarioFinished, found: Found) -> None:
    recorder = event.recorder
    for case_id, checks in recorder.checks.items():
        case = recorder.cases[case_id].value
        found[case.operation.label] += 1
        for check in checks:
            if check.status == Status.FAILURE and check.failure_info is not None:
                failure = check.failure_info.failure
                found.problems.append(
                    f"{case.operation.label}: {check.name}: {failure.title} {failure.message}\n"
                    f"{check.failure_info.code_sample[:1500]}\n"
                )
