"""Which of the found plugins may start, in which order, and why the others may not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from workloom.domain.errors import BadInput
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.option_owners import owners_of
from workloom.plugin_manager.ordering import circles, in_order
from workloom.plugin_manager.token_names import OF_THE_CORE, doubles, plugins_in, providers, tokens_in


class Admission(Struct, frozen=True, kw_only=True):
    """What was decided. `order`: plugins that may start. `off`: those that somebody switched off.

    `refused`: those that cannot start, with the reason, by candidate; a bad manifest may have no id of its own.
    """

    order: tuple[Manifest, ...]
    off: tuple[Found, ...]
    refused: tuple[tuple[Found, str], ...]


def admit(found: Sequence[Found], disabled: Collection[str], kept: Mapping[str, str] | None = None) -> Admission:
    """Decide on all candidates. BadInput when a disabled name is no plugin's.

    `kept`: the plugins to which options belong since an earlier start, by option.
    """
    check_names(disabled, [one.candidate.name for one in found])
    found = sorted(found, key=lambda one: one.candidate)  # nothing depends on who was found first, not even a reason
    off = tuple(one for one in found if one.candidate.name in disabled)
    counts = Counter(one.candidate.name for one in found)
    refused: list[tuple[Found, str]] = []
    good: dict[str, tuple[Found, Manifest]] = {}
    for one in found:
        name = one.candidate.name
        if name in disabled:
            continue
        if counts[name] > 1:
            refused.append((one, _double(one, found)))
        elif one.manifest is None:
            refused.append((one, one.problem))
        else:
            good[name] = (one, one.manifest)
    ordered = in_order(manifest for _, manifest in good.values())
    owners = owners_of(found, disabled, kept or {})
    for name, reason in {**_taken_options(ordered, owners), **doubles(ordered)}.items():
        refused.append((good[name][0], f"{good.pop(name)[0].file}: {reason}"))
    known = tuple(one.manifest for one in found if one.manifest is not None)
    reasons = _unmet({name: manifest for name, (_, manifest) in good.items()}, _absent(off, refused), known)
    refused += [(good[name][0], f"{good[name][0].file}: {reason}") for name, reason in reasons.items()]
    return Admission(
        order=in_order(manifest for name, (_, manifest) in good.items() if name not in reasons),
        off=off,
        refused=tuple(sorted(refused, key=lambda pair: pair[0].candidate)),
    )


def _taken_options(manifests: Sequence[Manifest], owners: Mapping[str, str]) -> dict[str, str]:
    """Plugins that declare an option which belongs to the core or to another plugin, with what to do."""
    problems: dict[str, str] = {}
    for manifest in manifests:
        for table in manifest.option:
            other = owners[table.name]
            if other != manifest.id:
                whose = f"the plugin “{other}”" if other else "Workloom itself"
                problems[manifest.id] = (
                    f"option: {whose} declares the option “{table.name}” already."
                    " Take the declaration out to read that one, or give this one another name."
                )
    return problems


def check_names(named: Collection[str], known: Collection[str]) -> None:
    """BadInput when one of the names is no plugin's."""
    for name in sorted(set(named) - set(known)):
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "There is " + (", ".join(sorted(known)) or "none") + "."
        raise BadInput(f"There is no plugin “{name}”. {hint}")


def _absent(off: Sequence[Found], refused: Sequence[tuple[Found, str]]) -> dict[str, str]:
    """Why a plugin that was found does not start, by id, as the second half of a sentence."""
    absent = {one.candidate.name: "is off" for one in off}
    return absent | {one.candidate.name: "cannot be started itself" for one, _ in refused}


def _unmet(manifests: Mapping[str, Manifest], absent: dict[str, str], known: Sequence[Manifest]) -> dict[str, str]:
    """Plugins that lack what they require or wait in a circle, with the reason. One refusal may cause further ones."""
    left = dict(manifests)
    reasons: dict[str, str] = {}
    while True:
        new = {name: reason for name, one in left.items() if (reason := needs(one, left, absent, known))}
        if not new:
            new = {name: _circle(members) for members in circles(left.values()) for name in members}
        if not new:
            return reasons
        for name in new:
            del left[name]
            absent[name] = "cannot be started itself"
        reasons |= new


def needs(
    manifest: Manifest, present: Collection[str], absent: Mapping[str, str], known: Sequence[Manifest] = ()
) -> str:
    """What a plugin lacks, as a sentence; empty if it has all it requires.

    `absent`: why plugins are not there. `known`: all manifests, of which some provide the tokens that it requires.
    """
    lacking = [other for other in plugins_in(manifest.requires) if other not in present]
    why = [f"needs the plugin “{other}”, which {absent.get(other, 'is not installed')}" for other in lacking]
    can_start = [other in absent for other in lacking]
    tokens = (*tokens_in(manifest.requires), *manifest.replaces)
    having = providers(known) if tokens else {}
    for token in tokens:
        there = [other for other in having.get(token, ()) if other != manifest.id]
        if token not in OF_THE_CORE and not set(there) & set(present):
            of = f"of the plugin “{there[0]}”, which {absent.get(there[0], 'has not been started')}" if there else ""
            why.append(f"needs the token “{token}”{' ' + of if of else ', which no installed plugin provides'}")
            can_start.append(bool(there))
    if not why:
        return ""
    what = "Start" if all(can_start) else "Install"
    return f"“{manifest.id}” {' and '.join(why)}. {what} what is needed, or take it out of “requires”."


def _circle(members: Sequence[str]) -> str:
    return (
        f"the plugins {', '.join(f'“{name}”' for name in members)} wait for each other in a circle."
        " Take one of them out of “requires”, “optional”, “before” or “after” of another."
    )


def _double(one: Found, found: Sequence[Found]) -> str:
    packages = [other.candidate.package for other in found if other.candidate.name == one.candidate.name]
    return (
        f"{one.file or one.candidate.package}: the packages {' and '.join(packages)} are both called"
        f" “{one.candidate.name}”. Neither is started; uninstall one of them."
    )
