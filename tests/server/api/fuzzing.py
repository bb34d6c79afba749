"""schemathesis over the whole API in this process: every operation, all phases and checks, from a seed."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from tests.server.api.office import TOKENS, Office
from workloom.server.http_api.api import DOCUMENT_PATH

# 412 belongs to a request that names a version which the object does not have; no schema can tell which one it has.
GOOD_ANSWERS: Final = ["2xx", "401", "403", "404", "409", "412"]


ALIKE: Final = (
    "hold-item",
    "put-item",
    "update-item",
    "resume-item",
    "complete-item",
    "cancel-item",
    "restart-item",
    "send-messages",
    "send-event",
    "put-object",
    "manage-resume",
    "manage-complete",
    "manage-cancel",
    "manage-restart",
)
"""Operations that are not tried with every value at its bounds: the body is that of another one, where 400 requests try
it, or has so many values (put-object, 1,400 requests) that chance must do.
"""


class Found(Counter[str]):
    """How many requests there were for each operation, and what was wrong."""

    problems: list[str]


def run(office: Office, *, seed: int, examples: int, steps: int, tags: Collection[str]) -> Found:
    """What schemathesis has to say of the operations with these tags, each with so many `examples`; `steps`: chains."""
    others = {each.tag for each in office.api.operations()} - set(tags)
    config = SchemathesisConfig.from_dict(settings(seed, examples, steps, sorted(others)))
    schema = schemathesis.openapi.from_asgi(DOCUMENT_PATH, office.app, config=config)
    found = Found()
    found.problems = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(event, found)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.problems.append(f"schemathesis: {getattr(event, 'info', event)!s:.2000}")
    return found


def settings(seed: int, examples: int, steps: int, left_out: Sequence[str]) -> dict[str, Any]:
    """Of schemathesis, as its configuration file says them. `left_out`: tags of operations that are not tried."""
    alike = [{"include-operation-id": name, "phases": {"coverage": {"enabled": False}}} for name in ALIKE]
    return {
        "seed": seed,
        "suppress-health-check": ["too_slow", "filter_too_much"],  # of a machine that does other work as well
        "parameters": {"path.point": "servicedesk"},
        "headers": {"Authorization": f"Bearer {TOKENS['all']}"},
        "checks": {"positive_data_acceptance": {"expected-statuses": GOOD_ANSWERS}},
        "generation": {"mode": "all", "max-examples": examples, "database": "none", "no-shrink": True},
        "operations": [*({"include-tag": tag, "enabled": False} for tag in left_out), *alike],
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
