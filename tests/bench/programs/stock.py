"""Makes a data folder: the demo site, so many items in one workbin, and nothing to be offered: `… DATA ROWS`."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from tests.bench.programs.logged_in import demo_without_work
from workloom.domain.interaction import Interaction, State, WorkItemAttributes

USER, WORKBIN, QUEUE = "tamara", "waiting", "claims-late"


def fill(data: Path, rows: int) -> None:
    """Fill the folder, and let the list of the workbin show as many rows as there are."""
    engine = demo_without_work(data)
    site, now = engine.configuration.site(), datetime.now(UTC)
    kinds = tuple(kind for kind in site.media_types if f"workbin.{kind}.{WORKBIN}" in site.application_options)
    longer = {f"workbin.{kind}.{WORKBIN}.max-results": rows for kind in kinds}
    engine.configuration.apply(replace(site, application_options={**site.application_options, **longer}), {})
    with engine.store.transaction() as transaction:
        for number in range(rows):
            received = now - timedelta(minutes=number)
            transaction.items.insert(
                Interaction(
                    id=f"bench-{number}",
                    external_id=f"CLA-2026-{number:05}",
                    tenant=site.tenant,
                    media_type=kinds[number % len(kinds)],
                    queue=QUEUE,
                    state=State.IN_WORKBIN,
                    workbin=WORKBIN,
                    workbin_owner=USER,
                    unread=number % 3 == 0,
                    priority=number % 5 * 500,
                    received_at=received,
                    submitted_at=received,
                    placed_at=received,
                    queue_since={QUEUE: received},
                    attached={"Subject": f"Water damage, kitchen and cellar, flat {number}"},
                    attributes=WorkItemAttributes(due_at=received + timedelta(days=7)),
                )
            )
    engine.stop()


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
    print("{}")
