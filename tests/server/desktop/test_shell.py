"""The tests of the shell that ask the service for something, on a desktop that works on a node."""

# ruff: noqa: F401, F403
from tests.shell.test_desk import *
from tests.shell.test_keys import (
    test_keys_go_to_open_items_by_number_to_the_next_and_back,
)
from tests.shell.test_login import (
    test_after_repeated_failures_the_page_says_how_long_to_wait_and_takes_nothing_before,
    test_enter_logs_in_from_anywhere_on_the_second_step,
    test_every_cause_of_a_refused_login_has_the_same_message,
    test_what_was_sent_before_the_service_was_open_is_sent_when_it_is,
)
from tests.shell.test_main_job import *
