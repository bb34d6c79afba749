"""What becomes different when one site takes the place of another, by kind and name."""

from msgspec import Struct

from workloom.domain.site import Site
from workloom.services.site_documents import GENERAL_FIELDS, KINDS

GENERAL_SETTINGS = "general setting"


class KindChanges(Struct, frozen=True, kw_only=True):
    """Names of objects of one kind that come, change and go."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class SiteChanges(Struct, frozen=True, kw_only=True):
    """The kinds in which something is different, in the order of the site."""

    kinds: tuple[KindChanges, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def removed(self, kind: str) -> tuple[str, ...]:
        """Names of one kind that go."""
        return next((changes.removed for changes in self.kinds if changes.kind == kind), ())

    def counts(self) -> tuple[int, int, int]:
        """How many objects come, change and go over all."""
        return (
            sum(len(changes.added) for changes in self.kinds),
            sum(len(changes.changed) for changes in self.kinds),
            sum(len(changes.removed) for changes in self.kinds),
        )


def differences(old: Site, new: Site) -> SiteChanges:
    """What is different in `new`. The version does not count."""
    general = tuple(name.replace("_", "-") for name in GENERAL_FIELDS if getattr(old, name) != getattr(new, name))
    kinds = [KindChanges(kind=GENERAL_SETTINGS, changed=general)] if general else []
    for kind, (field, _) in KINDS.items():
        before, after = getattr(old, field), getattr(new, field)
        changes = KindChanges(
            kind=kind,
            added=tuple(name for name in after if name not in before),
            changed=tuple(name for name in after if name in before and before[name] != after[name]),
            removed=tuple(name for name in before if name not in after),
        )
        if changes.added or changes.changed or changes.removed:
            kinds.append(changes)
    return SiteChanges(kinds=tuple(kinds))
