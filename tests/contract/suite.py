"""Which tests of the contract run where; `test_suite` holds it.

Every behaviour that a desktop can ask for runs everywhere: in memory, on a file of SQLite, on PostgreSQL, and through a
server node on each of these two.
"""

from collections.abc import Mapping
from typing import Final

_HERE: Final = "tests.contract."
_ENGINE: Final = "tests.contract.engine."
_CAPTURE: Final = "tests.contract.capture."
_SITE: Final = "tests.contract.configuration."

EVERYWHERE: Final = (
    _HERE + "test_contacts",
    _HERE + "test_directory",
    _HERE + "test_history",
    _HERE + "test_rows_agree_with_moves",
    _HERE + "test_workbins",
    _ENGINE + "test_adversaries",
    _ENGINE + "test_clock_jumps",
    _ENGINE + "test_commands",
    _ENGINE + "test_login_place",
    _ENGINE + "test_lost_agents",
    _ENGINE + "test_offers",
    _ENGINE + "test_option_setting",
    _ENGINE + "test_presence",
    _ENGINE + "test_privacy",
    _ENGINE + "test_references",
    _ENGINE + "test_routing",
    _ENGINE + "test_timers",
    _ENGINE + "test_transfers",
)
"""What a desktop asks its backend for."""

STORES: Final[Mapping[str, str]] = {
    _CAPTURE + "test_messages": "programs send messages; how they reach a node is in tests/server/api",
    _CAPTURE + "test_sent_messages": "programs send messages; how they reach a node is in tests/server/api",
    _ENGINE + "test_guessing": "counts wrong passwords in the store; what a desktop is told of it is in test_presence",
    _ENGINE + "test_managed_items": "asked over the HTTP API, which tests/server/api has",
    _ENGINE + "test_reservations": "compares two ways of writing an offer within a store",
    _ENGINE + "test_tokens": "what a node keeps of tokens; no desktop sees it",
    _SITE + "test_administration": "asked over the HTTP API, which tests/server/api has",
}
"""What no desktop asks for: on each kind of store, with the reason why not through a node."""

ELSEWHERE: Final[Mapping[str, str]] = {
    _HERE + "test_suite": "is about the suite itself",
    _HERE + "faults.test_failing_disk": "the disk under the embedded store",
    _CAPTURE + "test_any_bytes": "reads files on the computer that has the store",
    _CAPTURE + "test_bad_input": "reads files on the computer that has the store",
    _CAPTURE + "test_command": "a command beside the embedded store",
    _CAPTURE + "test_earlier_data": "an earlier schema of the embedded store",
    _CAPTURE + "test_exports": "reads files on the computer that has the store",
    _CAPTURE + "test_mapping": "reads files on the computer that has the store",
    _ENGINE + "test_audience": "who is told what within a node; tests/server/test_newsroom has its sockets",
    _ENGINE + "test_kill": "a process with the embedded store is killed; ./loom chaos kills nodes and PostgreSQL",
    _ENGINE + "test_machine": "brings its stores along; tests/server/contract/test_machine has PostgreSQL",
    _ENGINE + "test_processes": "processes beside each other on one data folder",
    _ENGINE + "test_storage": "the data folder in bad times; tests/server/postgres_store has those of PostgreSQL",
    _ENGINE + "test_without_qt": "an environment without the desktop",
    _SITE + "test_apply": "a site is applied beside the engine, by a command",
    _SITE + "test_client_command": "a command beside the embedded store",
    _SITE + "test_db_command": "a command on a data folder; tests/server/postgres_store has it on a database",
    _SITE + "test_demo_site": "what the demo holds, not what a service does",
    _SITE + "test_demo_start": "what the demo holds, not what a service does",
    _SITE + "test_demo_work": "what the demo holds, not what a service does",
    _SITE + "test_provisioning": "a site is provisioned beside the engine",
    _SITE + "test_site_command": "a command beside the embedded store",
    _SITE + "test_tenants": "data of another tenant are put into the store by hand",
}
"""What is no behaviour of a service, or has its counterparts elsewhere, with the reason."""
