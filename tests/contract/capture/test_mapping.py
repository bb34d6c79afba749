"""Mapping files: what is wrong in them is named by line and column; every part of them does what it says."""

from datetime import UTC, datetime

import pytest

from tests.contract.capture.desk import HEADER, MAPPING, Desk
from workloom.domain.capture_messages import Counts
from workloom.domain.errors import BadInput

HEAD = '[message]\nid = "id"\n'


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ("[message]\n", "1:1: “id” is missing"),
        ('[message]\nid = "nr"\n', "2:6: the column “nr” is not known"),
        (HEAD + 'revision = "revv"\n', "3:12: the column “revv” is not known; did you mean “rev”?"),
        (
            HEAD + "[attached.columns]\nRoom = { text = '{roam}' }\n",
            "the column “roam” is not known; did you mean “room”?",
        ),
        (HEAD + '[item]\nprioritty = "rev"\n', "4:1: “prioritty” is not known; did you mean “priority”?"),
        (
            HEAD + '[item]\nmedia-type = { value = "incidents" }\n',
            "the media type “incidents” is not known; did you mean",
        ),
        (HEAD + '[defaults]\nqueue = "servicedesc"\n', "4:9: the queue “servicedesc” is not known; did you mean"),
        (HEAD + '[item.queue]\ncolumn = "room"\nvalues = { a = "b" }\n', "the queue “b” is not known"),
        (HEAD + 'verb = "state"\n[message.verbs]\nclose = ["closed"]\n', "5:1: the verb “close” is not known"),
        (HEAD + 'verb = "state"\nother = "close"\n', "4:9: “other” must be one of create, update, hold"),
        (HEAD + 'verb = "state"\n', "3:1: the values of this column need verbs: add [message.verbs]"),
        (HEAD + '[message.verbs]\nupdate = ["a"]\ncomplete = ["a"]\n', "5:13: “a” stands for update already"),
        (
            HEAD + "[item]\npriority = 7\n",
            "4:12: “priority” must be the name of a column or a table, not a whole number",
        ),
        (HEAD + '[item]\npriority = { value = "high" }\n', "“value” must be a whole number, not a text"),
        (
            HEAD + "[item]\nsubject = { column = 'title', text = '{title}' }\n",
            "exactly one of “column”, “text” and “value”",
        ),
        (HEAD + "[item]\nsubject = { text = '{title' }\n", "the text cannot be read: the brace at position 1 holds no"),
        ('time-format = "%H:%M"\n' + HEAD, "1:15: “%H:%M” is no time format with a date"),
        ('zone = "Europe/Wien"\n' + HEAD, "1:8: the zone “Europe/Wien” is not known. Write it like Europe/Vienna"),
        ('zone = "../../etc/passwd"\n' + HEAD, "is not known"),
        ('encoding = "utf-9"\n' + HEAD, "1:12: the encoding “utf-9” is not known"),
        ('encoding = "base64"\n' + HEAD, "1:12: the encoding “base64” is not known"),
        ('delimiter = ";;"\n' + HEAD, "1:13: “delimiter” must be one character, not “;;”"),
        ('format = "xml"\n' + HEAD, "1:10: “format” must be one of csv, json-lines, not “xml”"),
        (HEAD + '[contact.attributes]\nName = "who"\n', "“key” is missing: without it a contact cannot be found again"),
        (HEAD + "[attached]\nall = true\n", "4:1: “all” is not known"),
        ("[message\n", "this is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_column(desk: Desk, mapping: str, problem: str) -> None:
    before = desk.last_event()
    with pytest.raises(BadInput) as caught:
        desk.bring(f"{HEADER}\nA,1,open,Jam,,,", mapping)
    assert str(caught.value).startswith(str(desk.folder / "mapping.toml"))
    assert problem in str(caught.value)
    assert desk.last_event() == before


def test_all_problems_are_named_at_once(desk: Desk) -> None:
    with pytest.raises(BadInput) as caught:
        desk.bring(f"{HEADER}\n", '[message]\nid = "x1"\nrevision = "x2"\nverb = 7\n[defaults]\nqueue = "x3"\n')
    assert len(str(caught.value).splitlines()) == 4


def test_an_export_with_none_of_the_columns_is_named_in_one_sentence(desk: Desk) -> None:
    with pytest.raises(BadInput, match="Is it the right file, and “,” what sets") as caught:
        desk.bring(f"{HEADER}\nA,1,open,Jam,,,".replace(",", ";"), MAPPING)
    assert len(str(caught.value).splitlines()) == 1


def test_a_point_without_defaults_needs_them_in_the_mapping(desk: Desk) -> None:
    with pytest.raises(BadInput, match="no media-type is named: set “media-type” in \\[defaults\\]"):
        desk.bring(f"{HEADER}\nA,1,open,Jam,,,", HEAD, point="bare")
    mapping = HEAD + '[defaults]\nqueue = "claims"\nmedia-type = "claim"\npriority = 7\nchannel = "letter"\n'
    assert desk.bring(f"{HEADER}\nA,1,open,Jam,,,", mapping, point="bare").counts == Counts(created=1)
    item = desk.item("A", "bare")
    assert (item.media_type, item.queue, item.priority, item.attributes.channel) == ("claim", "claims", 7, "letter")


def test_every_field_of_an_item_can_be_set(desk: Desk) -> None:
    texts = (
        "category", "channel", "process", "department", "solution", "customer-id", "customer-segment", "product-type",
        "product-subtype", "requested-agent", "requested-group", "requested-skill", "result-code",
    )  # fmt: skip
    instants = ("activation-at", "due-at", "expires-at", "source-created-at", "source-due-at", "reprioritise-at")
    lines = [f'{name} = "title"' for name in texts] + [f'{name} = "due"' for name in instants]
    mapping = HEAD + "[item]\nbusiness-value = 'rev'\npriority = 'rev'\n" + "\n".join(lines)
    desk.bring(f"{HEADER}\nA,-12,open,Jam,2026-11-24 10:00,,", mapping)
    item = desk.item("A")
    assert (item.priority, item.attributes.business_value) == (-12, -12)
    assert {getattr(item.attributes, name.replace("-", "_")) for name in texts} == {"Jam"}
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert {getattr(item.attributes, name.replace("-", "_")) for name in instants} == {at}


@pytest.mark.parametrize(
    ("style", "text", "at"),
    [
        ("", "2026-07-24T10:00:00+02:00", datetime(2026, 7, 24, 8, tzinfo=UTC)),
        ('zone = "Europe/Vienna"', "2026-07-24 10:00", datetime(2026, 7, 24, 8, tzinfo=UTC)),
        (
            'zone = "Europe/Vienna"\ntime-format = "%d.%m.%Y %H:%M"',
            "24.01.2026 10:00",
            datetime(2026, 1, 24, 9, tzinfo=UTC),
        ),
        ('time-format = "epoch"', "1784887200", datetime(2026, 7, 24, 10, tzinfo=UTC)),
        ('time-format = "epoch-ms"', "1784887200000", datetime(2026, 7, 24, 10, tzinfo=UTC)),
    ],
)
def test_times_are_read_in_the_format_and_zone_of_the_point(desk: Desk, style: str, text: str, at: datetime) -> None:
    desk.rows(f"A,1,open,Jam,{text},,", mapping=f"{style}\n{MAPPING}")
    assert desk.item("A").attributes.due_at == at


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "nan", "1e400", "tomorrow"])
def test_times_beyond_all_calendars_reject_their_row(desk: Desk, text: str) -> None:
    for style in ("", 'time-format = "epoch"'):
        assert desk.rows(f"{style}-A,1,open,Jam,{text},,", mapping=f"{style}\n{MAPPING}").rejected == 1


def test_a_column_can_have_a_time_style_of_its_own(desk: Desk) -> None:
    mapping = MAPPING.replace(
        'due-at = "due"', 'due-at = { column = "due", time-format = "%d/%m/%y", zone = "Asia/Tokyo" }'
    )
    desk.rows("A,1,open,Jam,24/11/26,,", mapping=mapping)
    assert desk.item("A").attributes.due_at == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_the_rest_of_the_columns_can_be_attached_except_some(desk: Desk) -> None:
    mapping = MAPPING.replace("[attached.columns]", '[attached]\nrest = true\nexcept = ["sys_*"]\n[attached.columns]')
    desk.bring(f"{HEADER},floor,sys_by\nA,1,open,Jam,,12,Ivo,3,root", mapping)
    assert desk.item("A").attached == {"Subject": "Jam", "Room": "12", "floor": "3"}


def test_texts_are_composed_values_translated_and_numbers_kept_as_numbers(desk: Desk) -> None:
    mapping = (
        HEAD
        + "[item]\nsubject = { text = '{title}: {room} {{{rev}}}' }\n[attached.columns]\n"
        + "Revision = { column = 'rev', number = true }\nSource = { value = 'desk' }\n"
        + "State = { column = 'state', values = { open = 'Open' }, other = 'Else' }\n"
    )
    desk.bring(f"{HEADER}\nA,1,open,Jam,,12,\nB,2,odd,,,,", mapping)
    assert desk.item("A").attached == {"Subject": "Jam: 12 {1}", "Revision": 1, "Source": "desk", "State": "Open"}
    assert desk.item("B").attached["State"] == "Else"


def test_other_delimiters_and_quotes(desk: Desk) -> None:
    mapping = "delimiter = ';'\nquote = \"'\"\n" + MAPPING
    desk.bring(f"{HEADER.replace(',', ';')}\nA;1;open;'Jam; big';;12;", mapping)
    assert desk.item("A").subject == "Jam; big"


def test_states_that_are_not_listed_can_have_a_verb(desk: Desk) -> None:
    mapping = MAPPING.replace('verb = "state"', 'verb = "state"\nother = "update"')
    assert desk.rows("A,1,new to us,Jam,,,", mapping=mapping) == Counts(created=1)


JSON_MAPPING = """
[message]
id = "key"
revision = "meta.rev"
[item]
subject = "fields.title"
priority = { column = "fields.level", values = { "1" = 3000 }, other = 0 }
[attached]
rest = true
[attached.columns]
Tags = "fields.tags"
Open = "fields.open"
[contact]
key = "who.mail"
[contact.attributes]
EmailAddress = "who.mail"
FirstName = "who.name.first"
"""
JSON_ROW = (
    '{"key": "A", "meta": {"rev": 1}, "fields": {"title": "Tür", "level": 1, "tags": ["a", "b"], "open": true},'
    ' "who": {"mail": "ivo@example.org", "name": {"first": "Ivo"}}, "place": {"floor": 3, "room": "12", "seat": null}}'
)


def test_json_lines_with_nested_objects_by_dotted_names(desk: Desk) -> None:
    assert desk.bring(f"{JSON_ROW}\n\n", JSON_MAPPING, name="export.jsonl").counts == Counts(created=1)
    item = desk.item("A")
    assert (item.subject, item.priority) == ("Tür", 3000)
    assert item.attached == {
        "Subject": "Tür",
        "Tags": "a, b",
        "Open": "true",
        "place": {"floor": 3, "room": "12"},
    }
    contact = desk.contact("ivo@example.org")
    assert contact is not None
    assert contact.attributes == {"EmailAddress": ("ivo@example.org",), "FirstName": ("Ivo",)}


def test_a_column_that_no_json_object_has_is_named_as_a_warning(desk: Desk) -> None:
    mapping = HEAD.replace('"id"', '"key"') + '[item]\nsubject = "titel"\ncategory = "kind"\n'
    imported = desk.bring('{"key": "A"}\n{"key": "B", "kind": "c"}\n', mapping, name="export.jsonl")
    assert imported.counts == Counts(created=2)
    assert imported.warnings == (f"{desk.folder / 'mapping.toml'}:4:11: warning: no row has the column “titel”",)


def test_rows_that_are_known_already_have_their_columns_as_well(desk: Desk) -> None:
    mapping = HEAD.replace('"id"', '"key"') + '[item]\nsubject = "title"\ndue-at = "at"\n'
    good, bad = '{"key": "A", "title": "Jam", "at": "2026-11-23T10:00:00Z"}', '{"key": "B", "at": "soon"}'
    for known in (0, 1):
        imported = desk.bring(f"{good}\n{bad}\n", mapping, name="export.jsonl")
        assert imported.counts == Counts(created=1 - known, unchanged=known, rejected=1)
        assert imported.warnings == ()


def test_a_text_of_several_columns_stays_where_a_later_row_does_not_speak_of_all(desk: Desk) -> None:
    mapping = HEAD.replace('"id"', '"key"') + "[item]\nsubject = { text = '{key}: {title}' }\ncategory = 'kind'\n"
    for row, key, subject in (
        ('{"key": "A", "title": "Jam"}', "A", "A: Jam"),
        ('{"key": "A", "kind": "c"}', "A", "A: Jam"),
        ('{"key": "A", "title": null}', "A", "A:"),
        ('{"key": "B"}', "B", "B:"),
    ):
        desk.bring(row, mapping, name="export.jsonl")
        assert desk.item(key).subject == subject


def test_what_a_json_object_does_not_speak_of_stays_and_null_takes_away(desk: Desk) -> None:
    change = '{"key": "A", "meta": {"rev": 2}, "fields": {"tags": null, "title": "Door"}}'
    assert desk.bring(f"{JSON_ROW}\n{change}", JSON_MAPPING, name="x.jsonl").counts == Counts(created=1, updated=1)
    item = desk.item("A")
    assert (item.subject, item.priority, item.attached["Open"]) == ("Door", 3000, "true")
    assert "Tags" not in item.attached


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"key": ', "This is no JSON: "),
        ("[1, 2]", "This is JSON, but no object."),
        ("[" * 100_000, "This is no JSON: "),
        ('{"key": "B", "meta": {"rev": 1}, "x": ' + '{"a":' * 60 + "1" + "}" * 60 + "}", "The field “x.a.a"),
        ('{"key": "B", "meta": {"rev": 1}, "x": "a\\u0000b"}', "The field “x” holds a NUL character at position 2."),
        ('{"key": "B", "meta": {"rev": 1}, "x": "' + "y" * 1_000_001 + '"}', "The field “x” has 1,000,001 characters."),
        ('{"key": "B", "meta": {"rev": 1}, "x": "\\ud800"}', "This is no JSON: "),
        ('{"meta": {"rev": 1}}', "The id is missing (column “key”)."),
        ('{"key": ["B", "C"], "meta": {"rev": 1}}', "The id “B, C” (column “key”) is no single value. Expected a text"),
        ('{"key": "B", "meta": {"rev": [1]}}', "The revision “1” (column “meta.rev”) is no single value. Expected a"),
        ('{"key": {"a": 1}}', "The revision is missing (column “meta.rev”)."),
    ],
)
def test_bad_json_lines_are_rejected_and_the_rest_is_imported(desk: Desk, line: str, reason: str) -> None:
    counts = desk.bring(f"{line}\n{JSON_ROW}", JSON_MAPPING + 'x = "x"\n', name="export.jsonl").counts
    assert counts == Counts(created=1, rejected=1)
    reasons = (desk.folder / "export.jsonl.rejected.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert reasons[0].removeprefix("1,1,").strip('"').startswith(reason)
