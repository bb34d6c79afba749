"""What an item says: attached data, disposition, notes, contact, unread mark."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from workloom.domain.case_data import problem_with
from workloom.domain.commands import AddNote, AssignContact, MarkRead, SetDisposition, SetProperties, SetReferences
from workloom.domain.errors import BadInput, NotAllowed, Refused
from workloom.domain.events import EventKind
from workloom.domain.interaction import LONGEST_NUMBER, Interaction, Note, State, Value
from workloom.domain.moves_base import (
    Circumstances,
    Decision,
    event,
    need,
    need_hand_on,
    need_unfinished,
    singular,
)
from workloom.domain.option_layers import OVERRIDE_KEY
from workloom.domain.privileges import (
    ASSIGN_CONTACT,
    CASE_ADD,
    CASE_DELETE,
    CASE_EDIT,
    MANAGEMENT_CASE_EDIT,
    MANAGEMENT_USE,
    SET_DISPOSITION,
)
from workloom.domain.resting import may_open
from workloom.domain.sentences import sentence
from workloom.domain.site import AttributeValue, BusinessAttribute
from workloom.domain.targets import ROUTING_KEYS

MAXIMUM_DEPTH: Final = 8
"""Lists within lists of attached data."""


def set_properties(item: Interaction, command: SetProperties, circumstances: Circumstances) -> Decision:
    """Add, change or delete attached data; read-only, required and pattern of the case-data format hold here."""
    need_hand_on(item, circumstances, MANAGEMENT_CASE_EDIT)
    name = circumstances.options.text("interaction.case-data.format-business-attribute")
    form = circumstances.site.business_attributes.get(name)
    fields = {field.name: field for field in form.values} if form else {}
    changes = {key: value for key, value in command.changes.items() if item.attached.get(key) != value}
    for key, value in changes.items():
        _check_privilege(item, key, value, circumstances)
        _check_value(key, value, fields.get(key))
    attached = {key: value for key, value in {**item.attached, **changes}.items() if value is not None}
    after = replace(item, attached=attached)
    if not changes:
        return Decision(item=after, events=())
    detail = {"changes": {key: [item.attached.get(key), value] for key, value in sorted(changes.items())}}
    return _one(EventKind.PROPERTIES_CHANGED, after, circumstances, **detail)


def _check_privilege(item: Interaction, key: str, value: Value | None, circumstances: Circumstances) -> None:
    if key in (*ROUTING_KEYS, circumstances.options.text(OVERRIDE_KEY)):
        raise BadInput(sentence("“{key}” belongs to the routing and cannot be set by hand.", key=key), where=key)
    if item.state is not State.HANDLING and MANAGEMENT_CASE_EDIT in circumstances.viewer.privileges:
        return
    if value is None:
        need(CASE_DELETE, circumstances, "delete case data")
    elif key in item.attached:
        need(CASE_EDIT, circumstances, "change case data")
    else:
        need(CASE_ADD, circumstances, "add case data")


def _check_value(key: str, value: Value | None, field: AttributeValue | None) -> None:
    if not key or not (value is None or _is_value(value)):
        raise BadInput(
            sentence("Case data is text, whole numbers and lists of them under a name."), where=key or "name"
        )
    if field is None:
        return
    if field.read_only:
        raise BadInput(sentence("{field} cannot be changed.", field=field.title or field.name), where=key)
    problem = problem_with(field, "" if value is None else str(value))
    if problem:
        raise BadInput(problem, where=key)


def set_references(item: Interaction, command: SetReferences, circumstances: Circumstances) -> Decision:
    """Change number or parent, the two properties of the service that a person may change. They count as case data."""
    need_hand_on(item, circumstances, MANAGEMENT_CASE_EDIT)
    if item.state is State.HANDLING or MANAGEMENT_CASE_EDIT not in circumstances.viewer.privileges:
        need(CASE_EDIT, circumstances, "change case data")
    if command.parent_id == item.id:
        raise BadInput(sentence("An item cannot be its own parent."), where="ParentId")
    external_id = item.external_id if command.external_id is None else command.external_id.strip()
    if len(external_id) > LONGEST_NUMBER:
        raise BadInput(
            sentence(
                "A number has at most {most} characters, this one has {found}.",
                most=LONGEST_NUMBER,
                found=len(external_id),
            ),
            where="ExternalId",
        )
    parent_id = item.parent_id if command.parent_id is None else command.parent_id
    after = replace(item, external_id=external_id, parent_id=parent_id)
    pairs = {"ExternalId": [item.external_id, external_id], "ParentId": [item.parent_id, parent_id]}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if not changes:
        return Decision(item=item, events=())
    return _one(EventKind.PROPERTIES_CHANGED, after, circumstances, changes=changes)


def _is_value(value: object, depth: int = 0) -> bool:
    """Text, a whole number, or a list of key and value nested no deeper than anybody can read."""
    if isinstance(value, dict):
        return depth < MAXIMUM_DEPTH and all(
            isinstance(key, str) and key and _is_value(each, depth + 1) for key, each in value.items()
        )
    return isinstance(value, str | int) and not isinstance(value, bool)


def set_disposition(item: Interaction, command: SetDisposition, circumstances: Circumstances) -> Decision:
    """Record the outcome; unless any is taken, the business attribute must list it (folders are no values)."""
    need_hand_on(item, circumstances)
    need(SET_DISPOSITION, circumstances, "set a disposition")
    options, site = circumstances.options, circumstances.site
    if item.state is not State.HANDLING and options.flag("interaction.disposition.is-read-only-on-idle"):
        raise Refused(
            sentence(
                "Open the {kind:within} first: its disposition cannot be changed while nobody has it.",
                kind=singular(item, site),
            )
        )
    attribute = site.business_attributes.get(options.text("interaction.disposition.value-business-attribute"))
    is_free = options.flag(f"{item.media_type}.disposition.is-free")
    if command.value and attribute is not None and not is_free and command.value not in set(_leaves(attribute)):
        raise BadInput(sentence("“{value}” is not one of the dispositions.", value=command.value), where="disposition")
    attached = item.attached
    if options.flag("interaction.disposition.use-attached-data"):
        key = options.text("interaction.disposition.key-name")
        attached = {name: value for name, value in attached.items() if name != key}
        if command.value:
            attached[key] = command.value
    after = replace(item, disposition=command.value, attached=attached)
    if after == item:
        return Decision(item=item, events=())
    return _one(EventKind.DISPOSITION_SET, after, circumstances, before=item.disposition, value=command.value)


def _leaves(attribute: BusinessAttribute) -> Iterator[str]:
    rest = list(attribute.values)
    while rest:
        value = rest.pop()
        if value.values:
            rest += value.values
        else:
            yield value.name


def add_note(item: Interaction, command: AddNote, circumstances: Circumstances) -> Decision:
    """A remark by somebody who has, had, or could open the item: what was written while it was taken away is kept."""
    mine = item.state is State.HANDLING and item.assigned_to == circumstances.person
    opens = may_open(item, circumstances.site, circumstances.viewer).can_open
    if not (mine or opens or circumstances.was_party or MANAGEMENT_USE in circumstances.viewer.privileges):
        raise NotAllowed(
            sentence("You may not add notes to this {kind:within}.", kind=singular(item, circumstances.site))
        )
    text = command.text.strip()
    if not text:
        raise BadInput(sentence("The note is empty."), where="note")
    note = note_of(item, text, circumstances)
    decision = _one(EventKind.NOTE_ADDED, item, circumstances, note=note.id)
    return replace(decision, notes=(note,))


def note_of(item: Interaction, text: str, circumstances: Circumstances) -> Note:
    """A new note by the caller."""
    return Note(
        id=circumstances.new_id("note"), item=item.id, author=circumstances.person, at=circumstances.now, text=text
    )


def assign_contact(item: Interaction, command: AssignContact, circumstances: Circumstances) -> Decision:
    """Tie the item to a contact, or untie it. That the contact exists is checked by the service."""
    need_hand_on(item, circumstances)
    need(ASSIGN_CONTACT, circumstances, "assign items to contacts")
    after = replace(item, contact_id=command.contact)
    if after == item:
        return Decision(item=item, events=())
    return _one(EventKind.CONTACT_ASSIGNED, after, circumstances, before=item.contact_id, contact=command.contact)


def mark_read(item: Interaction, command: MarkRead, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """The unread mark goes; no more than that is said when there is none."""
    need_unfinished(item, circumstances.site)
    need_hand_on(item, circumstances)
    if not item.unread:
        return Decision(item=item, events=())
    return _one(EventKind.READ, replace(item, unread=False), circumstances)


def _one(kind: EventKind, after: Interaction, circumstances: Circumstances, **detail: object) -> Decision:
    person = circumstances.person
    happened = event(kind, after, circumstances.now, person, person=after.assigned_to or person, detail=detail)
    return Decision(item=after, events=(happened,))
