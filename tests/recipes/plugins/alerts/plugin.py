"""An alert service of one's own: tells the agent of items that have been open for long."""

from threading import Event as Flag
from threading import Thread

from workloom.api import Context, Notice, Tone, WorkloomError, hook

EVERY = 0.2
"""Seconds between two looks."""


class Alerts:
    """Runs a thread for each agent, which ends with the agent's session or the plugin."""

    @hook
    def session_started(self, context: Context) -> None:
        """`notify` may be called from any thread; what is registered with `on_stop` is undone by itself."""
        stop = Flag()
        context.on_stop(stop.set)
        Thread(target=watch, args=(context, stop), name="alerts", daemon=True).start()


def watch(context: Context, stop: Flag) -> None:
    """Look again and again; one alert for each item."""
    told: set[str] = set()
    while not stop.wait(EVERY):
        try:
            for item in context.services.items.open_items():
                age = (context.now() - item.assigned_at).total_seconds() if item.assigned_at else 0
                if age > context.options().number("alerts.after") and item.id not in told:
                    told.add(item.id)
                    context.notify(Notice(title="Still open", text=item.subject, tone=Tone.WARNING, about=item.id))
        except WorkloomError as error:  # the service cannot be asked at the moment
            context.log.info("No alerts now: %s", error)
