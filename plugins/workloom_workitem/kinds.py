"""The work item types that plugins declare, and what follows from them for one item. No Qt."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from weakref import proxy

from workloom.api import AttributeValue, BusinessAttribute, Context, Interaction, Say, case_data, plugins_of
from workloom_workitem.api import Problem, WorkItemHooks, WorkItemType

KEPT_FOR, NOT_AGAIN_FOR = timedelta(minutes=10), timedelta(minutes=1)
"""How long dispositions that were found out elsewhere hold, and how long nobody is asked after there were none."""


class Kinds:
    """Of one agent. All but `want_dispositions` may be called off the UI thread."""

    def __init__(self, context: Context) -> None:
        self._context: Context = proxy(context)  # it is kept by its context, and must not keep it
        self._found: dict[tuple[str, str], tuple[AttributeValue, ...]] = {}
        self._again: dict[tuple[str, str], datetime] = {}
        self._asking: set[tuple[str, str]] = set()

    @property
    def say(self) -> Say:
        """Says a text of the plugin in the agent's language."""
        return self._context.translate

    def of(self, item: Interaction) -> WorkItemType | None:
        """The type that says most about an item, None if no plugin declares it."""
        return _best(self._context.ask(WorkItemHooks.work_item_types), item)

    def before_done(self, item: Interaction) -> tuple[WorkItemType | None, Sequence[Problem]]:
        """The type, and what stands against Done because a plugin could not say which types it has. May block."""
        asked = self._context.ask_each(WorkItemHooks.work_item_types)
        return _best([kinds for _plugin, kinds in asked if kinds is not None], item), self._unanswered(asked)

    def form(self, kind: WorkItemType | None, form: BusinessAttribute | None) -> BusinessAttribute | None:
        """The fields of the type before those of the site's format, which it may replace by name."""
        if kind is None or not kind.fields:
            return form
        own = {field.name for field in kind.fields}
        rest = tuple(field for field in form.values if field.name not in own) if form is not None else ()
        return BusinessAttribute(name=kind.id, values=(*kind.fields, *rest))

    def dispositions(
        self, kind: WorkItemType | None, item: Interaction, site: BusinessAttribute | None
    ) -> BusinessAttribute | None:
        """What can be chosen: what was found out, else what the type says, else what the site says."""
        values = self._found.get(_key(item)) or (kind.dispositions if kind is not None else ())
        name = kind.id if kind is not None else "dispositions"
        return BusinessAttribute(name=name, values=values) if values else site

    def want_dispositions(self, item: Interaction, then: Callable[[], None]) -> None:
        """Find out, in the background, dispositions that are elsewhere; `then` when there are some."""
        key, now = _key(item), self._context.now()
        if key in self._asking or now < self._again.get(key, now):
            return
        self._asking.add(key)

        def ask() -> tuple[AttributeValue, ...]:
            answers = self._context.ask(WorkItemHooks.work_item_dispositions, item)
            return next((tuple(values) for values in answers if values), ())

        def came(values: tuple[AttributeValue, ...]) -> None:
            self._asking.discard(key)
            self._again[key] = now + (KEPT_FOR if values else NOT_AGAIN_FOR)
            if values and values != self._found.get(key):
                self._found[key] = values
                then()

        self._context.read(ask, came, lambda _error: self._asking.discard(key))

    def problems(self, item: Interaction, kind: WorkItemType | None, *, disposition_needed: bool) -> Sequence[Problem]:
        """What stands against Done: needed fields of the type, its disposition, and what plugins say. May block."""
        fields = BusinessAttribute(name="", values=kind.fields if kind is not None else ())
        found = [
            Problem(text=self.say("{field} is needed.", field=field.title or field.name), field=field.name)
            for field in case_data.missing(fields, item.attached)
        ]
        if disposition_needed and not item.disposition:
            found.append(Problem(text=self.say("A disposition is needed.")))
        asked = self._context.ask_each(WorkItemHooks.work_item_problems, item)
        found += [problem for _plugin, problems in asked for problem in problems or ()]
        return [*found, *self._unanswered(asked)]

    def _unanswered(self, asked: Sequence[tuple[str, object]]) -> Sequence[Problem]:
        """A plugin that failed may have had something against Done, which leaves the agent's hands for good."""
        failed = [self._name_of(plugin) for plugin, answer in asked if answer is None]
        return [
            Problem(
                text=self.say(
                    "What {plugin} checks before Done could not be checked. Try again, or tell your administrator.",
                    plugin=name,
                )
            )
            for name in failed
        ]

    def _name_of(self, plugin: str) -> str:
        infos = plugins_of(self._context).infos()
        return next((info.name for info in infos if info.id == plugin), plugin)


def _best(answers: Sequence[Sequence[WorkItemType]], item: Interaction) -> WorkItemType | None:
    fitting = [kind for kinds in answers for kind in kinds if kind.fits(item)]
    return min(fitting, key=lambda kind: (not kind.subtypes, kind.order, kind.id), default=None)


def _key(item: Interaction) -> tuple[str, str]:
    return item.media_type, item.subtype
