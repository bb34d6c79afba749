"""The dispatcher: what time brings, and what routing decides, step by step.

`step` does all that is due and says when it wants to be called again at the latest. The embedded engine calls it from
a thread (`dispatch_loop`), the simulator from its virtual clock.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from workloom.domain.errors import StorageError
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Offer
from workloom.domain.moves_base import Decision, event, handling_until
from workloom.domain.moves_offers import SERVICE, expired, withdrawn
from workloom.domain.moves_resting import HANDLING_TIMEOUT, hold_ended, taken_back, touched
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.presence import MISSED_OFFER, ChannelStatus, Presence, Session
from workloom.domain.site import Site
from workloom.services.keeping import keep
from workloom.services.leases import AlwaysHeld, Lease
from workloom.services.leaving import lose_session
from workloom.services.outage import Outage
from workloom.services.ports import Store, Transaction
from workloom.services.ports_outside import Clock
from workloom.services.presence import channel_event
from workloom.services.router import Router
from workloom.services.shards import EVERYTHING, Shard
from workloom.services.site_documents import SiteCache
from workloom.services.work_items import KEYS_KEPT

BATCH: Final = 200
"""Items of one kind that one transaction handles, so that it stays short."""

ASK_AGAIN: Final = timedelta(seconds=0.5)
"""How often a process asks for a lease that another one has."""

LOOK_AGAIN: Final = timedelta(seconds=0.2)
"""How often timers are looked at while there is work without a pause."""

JUDGED_LATE: Final = "judged-late"
"""Why an offer is taken back whose time was over before anybody could look at it."""

_PRUNE_EVERY: Final = timedelta(hours=1)
_NO_END: Final = datetime(9999, 12, 31, tzinfo=UTC)
_ALL: Final = 1_000_000


class Dispatcher:
    """The one dispatcher of a shard; of all there is, where there are no shards."""

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        catalogue: OptionCatalogue,
        clock: Clock,
        router: Router,
        lease: Lease | None = None,
        shard: Shard = EVERYTHING,
    ) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock
        self._router = router
        self._lease: Lease = lease or AlwaysHeld()
        self._shard = shard
        self._pruned_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._site_version = 0
        self._due: datetime | None = None
        self._outage = Outage()

    def step(self) -> datetime | None:
        """Do what is due; returns when the next thing is due, None = nothing until something happens.

        Where another process has the lease nothing is done, but to ask for it again soon.
        """
        begun = self._clock.now()
        try:
            due = self._step()
        except StorageError:
            self._outage.failed(begun)
            raise
        self._outage.worked(self._clock.now())
        return due

    def _step(self) -> datetime | None:
        self._looked_at = None
        while self._lease.held():
            with self._store.transaction(whole=True, shard=self._shard) as transaction:
                if not transaction.holds(self._lease):
                    break
                more = self._round(transaction)
            self._router.settle()
            if not more:
                return self._due
        self._due = None
        return self._clock.now() + ASK_AGAIN

    def _round(self, transaction: Transaction) -> bool:
        """What one transaction does; whether there is more to do at once."""
        now = self._clock.now()
        site = self._sites.of(transaction)
        overdue = self._looks_at_timers(now) and self._timers(transaction, site, now)
        if overdue:
            self._looked_at = None
        if self._pruned_at is None or now - self._pruned_at >= _PRUNE_EVERY:
            self._pruned_at = now
            self._from_ahead(transaction, site, now)
            if self._shard.is_first:
                transaction.keys.prune(now - KEYS_KEPT)
        routing = self._router.route(transaction, site, now)
        more = overdue or routing.more
        moments = (now,) if more else filter(None, (routing.next_change, _next_due(transaction, site, now)))
        self._due = min(moments, default=None)
        return more

    def lose_all(self) -> None:
        """At the start of the one engine of a data folder: whoever is still logged in is lost, at once."""
        with self._store.transaction(whole=True) as transaction:
            site, now = self._sites.of(transaction), self._clock.now()
            for session in transaction.sessions.all():
                lose_session(transaction, site, self._catalogue, session, now)

    def _looks_at_timers(self, now: datetime) -> bool:
        """Whether it is time for them: of the rounds of a step that follow each other at once, not in each."""
        if self._looked_at is not None and now - self._looked_at < LOOK_AGAIN:
            return False
        self._looked_at = now
        return True

    def _timers(self, transaction: Transaction, site: Site, now: datetime) -> bool:
        """Everything whose time is over, a batch of each kind; True = there may be more."""
        first = transaction.due.next_instant(now)
        more = first is not None and first <= now and self._instants(transaction, site, now)
        if self._shard.is_first:
            self._lose_the_silent(transaction, site, now)
        return self._retry_failed(transaction, site, now) or more

    def _instants(self, transaction: Transaction, site: Site, now: datetime) -> bool:
        """Deadlines of offers and handling, and ends of holds; True = there may be more.

        What ended longer ago than the grace period could not be judged in time: nobody was there to judge it, or the
        clock was set forward. Nobody is blamed for that: such offers are made anew, and such items stay with their
        agents for another handling time.
        """
        late = now - timedelta(seconds=site.timers.lost_agent)
        offers = transaction.due.offers(now, BATCH)
        for item in offers:
            if item.offer is not None and item.offer.deadline < late:
                keep(transaction, item, withdrawn(item, site, now, SERVICE, JUDGED_LATE))
            else:
                self._expire(transaction, site, item, now)
        holds = transaction.due.holds(now, BATCH)
        for item in holds:
            keep(transaction, item, hold_ended(item, now))
        untouched = transaction.due.handling(now, BATCH)
        for item in untouched:
            if item.handling_until is not None and item.handling_until < late:
                keep(transaction, item, Decision(item=touched(item, site, now), events=()))
            else:
                keep(transaction, item, taken_back(item, site, now, HANDLING_TIMEOUT))
        return BATCH in (len(offers), len(holds), len(untouched))

    def _lose_the_silent(self, transaction: Transaction, site: Site, now: datetime) -> None:
        """Log out whose desktop was not heard for the grace period.

        Where nobody could be heard, everybody gets another grace period: the engine is called a grace period too late,
        because the machine has slept; or it begins here, and nobody at all was heard, because no node was there or the
        database was away. So does who seems to be silent for twice the grace period: that would have been seen before,
        if the clock of the node that has heard the desktop were ours. After an outage everybody who was not heard since
        gets it from its end on: for a good part of the time no sign of life could be written.
        """
        grace = timedelta(seconds=site.timers.lost_agent)
        back = self._outage.end(now, longer_than=grace / 3)
        if back is not None:
            for session in transaction.sessions.silent(back):
                transaction.sessions.seen(session.id, back)
        silent = transaction.sessions.silent(now - grace)
        slept = now - self._due > grace if self._due is not None else _nobody_was_heard(transaction, silent)
        for session in silent:
            if slept or session.last_seen_at < now - 2 * grace:
                transaction.sessions.seen(session.id, now)
            else:
                lose_session(transaction, site, self._catalogue, session, now)

    def _expire(self, transaction: Transaction, site: Site, item: Interaction, now: datetime) -> None:
        keep(transaction, item, expired(item, site, now))
        if item.offer is not None:
            self._make_not_ready(transaction, site, item, item.offer, now)

    def _make_not_ready(
        self, transaction: Transaction, site: Site, item: Interaction, offer: Offer, now: datetime
    ) -> None:
        """Who misses an offer seems to be away: the channel goes Not Ready, unless the option says otherwise."""
        session = transaction.sessions.get(offer.session)
        channel = session.channel(item.media_type) if session else None
        name = f"{item.media_type}.missed-offer-not-ready"
        options = effective_options(self._catalogue, site, offer.agent)
        if session is None or channel is None or channel.state is not Presence.READY:
            return
        if name not in options.names() or not options.flag(name):
            return
        missed = ChannelStatus(media_type=item.media_type, state=Presence.NOT_READY, reason=MISSED_OFFER, since=now)
        channels = tuple(missed if each is channel else each for each in session.channels)
        transaction.sessions.set_channels(session.id, channels)
        transaction.events.append([channel_event(session, missed, SERVICE)])

    def _retry_failed(self, transaction: Transaction, site: Site, now: datetime) -> bool:
        """Under a new site, what could not be routed is tried again; True = there may be more."""
        if site.version == self._site_version:
            return False
        failed = transaction.due.failed(BATCH)
        for item in failed:
            keep(transaction, item, _tried_again(item, now))
        if len(failed) < BATCH:
            self._site_version = site.version
        return len(failed) == BATCH

    def _from_ahead(self, transaction: Transaction, site: Site, now: datetime) -> None:
        """Where the clock was set back, what is dated later than now would not end for as long: it begins now."""
        ahead = now + timedelta(seconds=site.timers.lost_agent)
        if self._shard.is_first:
            for session in transaction.sessions.all():
                if session.last_seen_at > ahead:
                    transaction.sessions.seen(session.id, now)
        for item in transaction.due.offers(_NO_END, _ALL):
            if item.offer is not None and item.offer.offered_at > ahead:
                keep(transaction, item, withdrawn(item, site, now, SERVICE, JUDGED_LATE))
        for item in transaction.due.handling(_NO_END, _ALL):
            if item.handling_until is not None and item.handling_until > handling_until(item, site, ahead):
                keep(transaction, item, Decision(item=touched(item, site, now), events=()))


def _nobody_was_heard(transaction: Transaction, silent: Sequence[Session]) -> bool:
    return bool(silent) and len(silent) == len(transaction.sessions.all())


def _tried_again(item: Interaction, now: datetime) -> Decision:
    after = replace(item, error="")
    happened: Event = event(EventKind.RESUMED, after, now, SERVICE, detail={"reason": "site-applied"})
    return Decision(item=after, events=(happened,))


def _next_due(transaction: Transaction, site: Site, now: datetime) -> datetime | None:
    grace = timedelta(seconds=site.timers.lost_agent)
    heard = transaction.sessions.first_heard()
    moments = (None if heard is None else heard + grace, transaction.due.next_instant(now))
    return min(filter(None, moments), default=None)
