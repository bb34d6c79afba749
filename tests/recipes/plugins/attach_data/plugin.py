"""Attaches data to an item just before it is transferred."""

from collections.abc import Sequence

from workloom.api import Attempt, Context, Gate, Verdict, attach, hook


class AttachData:
    """One gate that refuses nothing."""

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """Called off the UI thread: it may ask the services."""

        def before(_attempt: Attempt) -> Verdict:
            return attach({"SentBy": context.services.configuration.me().full_name})

        return (Gate(id="attach_data.origin", before=before),)
