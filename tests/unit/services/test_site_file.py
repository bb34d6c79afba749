"""Site files: one readable file, every problem named by line and column, nothing half-done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain.core_options import core_catalogue
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import BlockingCondition, Capacity, RoutingStep
from workloom.services.site_documents import documents_of, site_of
from workloom.services.site_files.reading import SiteFile, read_site

GOOD = """\
[site]
title = "Test"
capacity-rule = "standard"

[media-types.claim]
title = "Claims"
singular = "Claim"

[roles.Agent]
privileges = ["Can Use WorkItem Channel"]

[groups.Team]
roles = ["Agent"]
leads = ["lena"]
options."claim.pull-from-history-isenabled" = true

[persons.lena]
employee-id = "1"
groups = ["Team"]
skills = { German = 3 }
place = "Desk"
[persons.lena.options]
login.prompt-place = true

[places.Desk]

[capacity-rules.standard.media-types]
claim = { maximum = 2, blocked-by = { voice = 1 } }

[strategies.team]
steps = [{ groups = ["Team"], skill = "German>=2" }]
overrides = ["Gold"]

[queues.claims]
strategy = "team"
media-types = ["claim"]

[workbins.later]
owner = "agent-group"
owners = ["Team"]

[transactions.Gold.options]
"interaction.disposition.is-mandatory" = true

[business-attributes.DispositionCode]
values = [{ name = "Pay", values = ["full", "part"] }, { name = "Other" }]

[capture-points.scan]
queue = "claims"
media-type = "claim"

[options]
openmedia.workitem-channels = ["claim"]
"""


def read(text: str) -> SiteFile:
    return read_site(text.encode(), core_catalogue(), CORE_PRIVILEGES)


def said(text: str) -> list[str]:
    return [problem.at("f") for problem in read(text).problems]


def with_line(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_a_good_file_has_no_problem_and_becomes_the_site() -> None:
    assert said(GOOD) == []
    site = read(GOOD).site
    assert site.persons["lena"].options == {"login.prompt-place": True}
    assert site.groups["Team"].options == {"claim.pull-from-history-isenabled": True}
    assert site.capacity_rules["standard"].capacities == (
        Capacity(media_type="claim", maximum=2, blocked_by=(BlockingCondition(media_type="voice", count=1),)),
    )
    assert site.strategies["team"].steps == (RoutingStep(groups=("Team",), skill="German>=2"),)
    pay, other = site.business_attributes["DispositionCode"].values
    assert [value.name for value in pay.values] == ["full", "part"]
    assert other.values == ()
    assert site.application_options == {"openmedia.workitem-channels": ["claim"]}


def test_the_site_comes_back_from_its_documents_as_it_was() -> None:
    site = read(GOOD).site
    assert site_of(documents_of(site), 0) == site


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[queues.claims]", "[quees.claims]", "f:34:1: “quees” is not known; did you mean “queues”?"),
        ('employee-id = "1"', 'employe-id = "1"', "f:17:1: “employee-id” is missing"),
        ('employee-id = "1"', 'employe-id = "1"', "f:18:1: “employe-id” is not known; did you mean “employee-id”?"),
        ('employee-id = "1"', "employee-id = 1", "f:18:15: “employee-id” must be a text, not a whole number"),
        ('place = "Desk"', 'place = "Desc"', "f:21:9: place “Desc” is not known; did you mean “Desk”?"),
        ('groups = ["Team"]\nskills', 'groups = ["Team", "X"]\nskills', "f:19:19: agent group “X” is not known"),
        ("{ German = 3 }", '{ German = "3" }', "f:20:21: “German” must be a whole number, not a text"),
        ("maximum = 2", "maximum = -2", "f:28:21: “maximum” must be 0 or more, not -2"),
        ("voice = 1", "vioce = 1", "f:28:39: media type “vioce” is not known; did you mean “voice”?"),
        ("German>=2", "German>>2", "f:31:39: skill expression, position 8: expected a whole number, found “>”."),
        ("German>=2", "Latin>=2", "f:31:39: warning: nobody has the skill “Latin”"),
        ('strategy = "team"', 'strategy = "teem"', "f:35:12: strategy “teem” is not known; did you mean “team”?"),
        ('owner = "agent-group"', 'owner = "group"', "f:39:9: “owner” must be one of agent, agent-group"),
        ('["full", "part"]', '["full", "full"]', "f:46:45: the value “full” is there twice"),
        ('"Can Use WorkItem Channel"', '"Can Fly"', "f:10:15: privilege “Can Fly” is not known; there is"),
        ('queue = "claims"', 'queue = "none"', "f:49:9: queue “none” is not known"),
        ("[places.Desk]", "[timers]\nlost-agent = 8", "f:26:14: “heartbeat” must be at most half of lost-agent (8 s)"),
        ("[places.Desk]", "[timers]\nheartbeat = 20", "f:26:13: “heartbeat” must be at most half of lost-agent (30 s)"),
        ("[places.Desk]", "[timers]\nhandling = inf", "f:26:12: “handling” must be 31622400 or less, not inf"),
        ("[places.Desk]", "[timers]\ndelivery = 1e300", "f:26:12: “delivery” must be 31622400 or less, not 1e+300"),
        ("[places.Desk]", "[timers]\nlost-agent = nan", "f:26:14: “lost-agent” must be above 0, not nan"),
        ('"German>=2"', '"German>=2", after = 99999999999999', "f:31:60: “after” must be 31622400 or less"),
        ("overrides =", "offer-timeout = 999999999999\noverrides =", "f:32:17: “offer-timeout” must be 31622400"),
        ("overrides =", "request-timeout = 1_000_000_000\noverrides =", "f:32:19: “request-timeout” must be 31622400"),
        ("overrides =", "requested-timeout = 40_000_000\noverrides =", "f:32:21: “requested-timeout” must be 31622400"),
        ('singular = "Claim"', 'handling-timeout = 600_000', "f:7:20: “handling-timeout” must be 527040 or less"),
        ("maximum = 2", "maximum = 3_000_000_000", "f:28:21: “maximum” must be 2147483647 or less, not 3000000000"),
    ],
)  # fmt: skip
def test_a_problem_names_what_is_wrong_and_where(old: str, new: str, problem: str) -> None:
    assert any(line.startswith(problem) for line in said(with_line(old, new))), said(with_line(old, new))


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("bogus = 1", "“bogus” is declared by nobody"),
        ('"login.prompt-plase" = true', "did you mean “login.prompt-place”?"),
        ("login.prompt-place = 1", "login.prompt-place: expected true or false"),
        ('intercommunication.claim.queue = "x"', "expected the name of a queue; “x” is none"),
        ('intercommunication.claim.queue = "shelf"', "the queue “shelf” has no strategy, so nothing can be sent on"),
        ("login.letter.is-auto-ready = true", "media type “letter” is not known"),
        ('"openmedia.workitem-channels" = ["claim", "fax"]', "“fax” is none, found “claim,fax” (layer"),
    ],
)  # fmt: skip
def test_an_option_that_does_not_fit_is_a_warning_with_its_layer(setting: str, problem: str) -> None:
    good = with_line("[queues.claims]", "[queues.shelf]\n\n[queues.claims]")
    text = f"{good}{setting}\n"
    line = len(good.splitlines()) + 1
    (warning,) = read(text).problems
    assert (warning.line, warning.warning) == (line, True)
    assert problem in warning.message
    assert warning.message.endswith("(layer Application)")
    assert read(text).errors == ()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("[1]", "the list of an option holds texts, not a whole number"),
        ('["claim", ["claim"]]', "the list of an option holds texts, not a list"),
        ("2026-11-23", "an option cannot be a date or time"),
    ],
)
def test_a_value_that_no_option_can_have_is_one_problem(value: str, reason: str) -> None:
    (problem,) = read(f'{GOOD}"openmedia.workitem-channels" = {value}\n').problems
    assert (problem.message, problem.warning) == (reason, False)


def test_an_option_that_a_strategy_may_not_override_is_a_warning() -> None:
    text = with_line('"interaction.disposition.is-mandatory"', '"login.prompt-place"')
    assert said(text) == [
        "f:43:1: warning: option login.prompt-place: a strategy may not override it (layer Strategy Gold)"
    ]


def test_all_problems_are_said_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace('"Desk"', '"Desc"').replace('"claims"', '"none"').replace('title = "Claims"', "")
    problems = read(text).problems
    assert [problem.line for problem in problems] == [5, 21, 49]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"[site\ntitle = 1", "f:1:6: this is no TOML: Expected ']' at the end of a table declaration"),
        (b"a = ", "this is no TOML: Invalid value"),
        (b"[site]\ntitle = \"caf\xe9\"", "f:2:13: the file is not in UTF-8"),
        (b"x" * (16 * 1024 * 1024 + 1), "f: the file has 16,777,217 bytes"),
        (b"a = " + b"[" * 100_000, "f: lists or tables are too deep in one another"),
        (b"", "f:1:1: “title” is missing"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_plain_problem(raw: bytes, problem: str) -> None:
    (found,) = read_site(raw, core_catalogue(), CORE_PRIVILEGES).problems
    assert problem in found.at("f")


def test_a_mark_at_the_beginning_and_windows_line_ends_do_not_matter() -> None:
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read_site(raw, core_catalogue(), CORE_PRIVILEGES).site == read(GOOD).site


def test_plain_passwords_stay_out_of_the_site_and_are_warned_of() -> None:
    found = read(with_line('employee-id = "1"', 'employee-id = "1"\npassword = "secret"'))
    assert found.passwords == {"lena": "secret"}
    assert found.site.persons["lena"].password == ""
    assert [problem.at("f")[:43] for problem in found.problems] == ["f:19:1: warning: a password in plain text; "]


def test_the_password_of_a_demo_is_that_of_everybody_who_has_no_other() -> None:
    demo = with_line('title = "Test"', 'title = "Test"\ndemo-password = "demo"')
    assert read(demo).passwords == {"lena": "demo"}
    hashed = demo.replace('employee-id = "1"', 'employee-id = "1"\npassword-hash = "$argon2id$x"')
    assert read(hashed).passwords == {}
    assert read(hashed).site.persons["lena"].password == "$argon2id$x"


def test_a_media_type_whose_name_would_not_fit_into_the_name_of_an_option_is_a_problem() -> None:
    assert said(f'{GOOD}[media-types."a.b"]\ntitle = "AB"\n') == [
        "f:54:1: the name of a media type has letters, digits, hyphens and underscores only"
    ]


def test_two_people_with_one_employee_id_are_a_problem() -> None:
    text = f'{GOOD}[persons.jonas]\nemployee-id = "1"\n'
    assert said(text) == ["f:55:15: the employee id “1” is that of “lena” as well"]


toml_values: st.SearchStrategy[str] = st.sampled_from(
    ["1", "-1", "1.5", "true", '"x"', "[]", '["x"]', "[1]", "{}", "{ x = 1 }", "[{}]", "1979-05-27", '""', "nan"]
)
WORDS = sorted({word.strip('"') for line in GOOD.splitlines() for word in [line.split(" = ")[0]] if " = " in line})


@given(st.data())
def test_no_wrong_type_anywhere_makes_the_reading_itself_fail(data: st.DataObject) -> None:
    lines = GOOD.splitlines()
    index = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    lines[index] = f"{lines[index].split(' = ')[0]} = {data.draw(toml_values)}"
    found = read("\n".join(lines))
    assert all(problem.line >= 1 for problem in found.problems)


@given(st.sampled_from(["media-types", "roles", "persons", "queues", "options", "timers", "site"]), toml_values)
def test_no_table_of_another_type_makes_the_reading_itself_fail(table: str, value: str) -> None:
    assert read(f"{table} = {value}\n").problems
