"""Which tests of the shell run at a server node too, and why the others do not; `test_suite` holds it."""

from collections.abc import Mapping
from typing import Final

AT_A_NODE: Final = (
    "test_accessible",
    "test_action_filters",
    "test_appearance",
    "test_desk",
    "test_gates",
    "test_keys",
    "test_large_text",
    "test_let_go",
    "test_login",
    "test_main_job",
    "test_notice_takers",
    "test_one_story",
    "test_options",
    "test_shell_words",
    "test_toasts",
    "test_unload",
    "test_unused_options",
)
"""Once on the engine of the process, once at a node."""

EMBEDDED: Final[Mapping[str, str]] = {
    "test_a_damaged_database_is_said_in_plain_words_and_kept": "the desktop opens the database itself",
    "test_a_second_desktop_on_the_same_data_is_refused_and_may_try_again": "a node takes any number of desktops",
}
"""Tests of these modules that are about the embedded engine."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "test_action_places": "the test kit, which has the engine in its process; test_action_filters runs at a node",
    "test_branding": "the desktop without a screen, which has the engine in its process",
    "test_entries": "what is painted, without any desktop",
    "test_gates_of_every_command": "the test kit, which has the engine in its process; test_gates runs at a node",
    "test_injector": "imports, without any desktop",
    "test_kept_changes": "a stand-in for a bad network; tests/server/desktop/test_killed has nodes and real kills",
    "test_offline": "a stand-in for a bad network; tests/server/desktop/test_bad_network has a real one",
    "test_play_command": "the command plays on a data folder of its own; ./loom demo plays at a node",
    "test_plugins_by_role": "the test kit, which has the engine in its process; imports are the same everywhere",
    "test_plugins_off": "every subset of plugins starts; which backend there is comes later",
    "test_process_end": "the end of the process, whatever it has open",
    "test_pump": "the pump without windows; tests/server/remote/test_missed has it at a node",
    "test_reload": "a plugin that is being worked on, whose options no node knows",
    "test_start": "what may be imported before a backend is chosen",
    "test_storage_trouble": "the disk under the embedded store",
    "test_suite": "is about the suite itself",
    "test_toast_corners": "how a toast is painted",
    "test_warm_up": "what is imported before a backend is chosen",
    "test_words": "words, without any desktop",
    "test_words_of_plugins": "words of plugins, which come from no backend",
    "hostile": "plugins that fail within the process of the desktop, which the backend does not see",
    "kit": "widgets alone",
}
"""Modules and folders that have no backend, or are about one, with the reason."""
