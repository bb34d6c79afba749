"""Gates of plugins before commands, on a desktop that works on a node."""

# ruff: noqa: F401
from tests.shell.test_gates import (
    desk,
    test_a_gate_that_fails_blocks_done_and_lets_an_item_be_put_away,
    test_another_command_is_carried_out_instead_and_passes_its_own_gates,
    test_data_that_a_gate_attaches_is_there_before_the_command,
    test_what_is_refused_for_one_of_several_rows_is_carried_out_for_the_others,
)
