"""What a step of the dispatcher will ask for is read with its first trip, and never answers for what came later."""

from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.adapters.postgres.store import PostgresStore


def test_what_was_read_early_is_read_anew_after_a_change(store: PostgresStore) -> None:
    office = Office(store)
    office.log_in("ann")
    item = office.item(office.submit())
    with store.transaction(whole=True) as transaction:
        version = transaction.documents.version()
        assert [stream.queue for stream in transaction.due.streams(())] == [item.queue]
        assert [stream.queue for stream in transaction.due.streams(())] == [item.queue]
    with store.transaction(whole=True) as transaction:
        transaction.sessions.all()
        transaction.items.save(replace(item, queue="requests"), before=item)
        transaction.documents.replace(())
        assert [stream.queue for stream in transaction.due.streams(())] == ["requests"]
        assert transaction.documents.version() > version
        transaction.documents.replace(transaction.documents.all())
    office.apply(site())
    office.close()
