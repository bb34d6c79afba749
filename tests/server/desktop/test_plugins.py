"""What agents work with, on a desktop that works on a node: workbins, history, transfers, toasts.

Those tests of the plugins that ask the service for something, each way once: a node costs each of them half a second.
"""

# ruff: noqa: F401

from tests.plugins.contact_history.test_history_views import (
    test_a_finished_item_is_reopened_and_shown,
    test_locked_rows_carry_the_reason_of_the_service,
    test_my_history_shows_what_the_agent_has_handled_with_counts,
    test_the_contact_stands_beside_the_item_with_its_history,
    test_the_search_is_over_all_items,
)
from tests.plugins.routing_transfer.test_transfer import (
    test_a_direct_transfer_leaves_the_item_with_the_sender_until_it_is_accepted,
    test_a_group_is_reached_by_routing_with_the_four_attached_keys_and_the_note,
    test_a_transfer_that_waits_can_be_withdrawn,
    test_control_d_keeps_and_drops_a_favourite,
    test_the_sender_is_told_that_a_transfer_was_declined_and_keeps_the_item,
)
from tests.plugins.workbin.test_workbin_view import (
    test_a_workbin_lists_its_items_newest_first_with_its_counts,
    test_an_item_that_a_colleague_took_meanwhile_is_refused_in_the_words_of_the_service,
    test_an_item_that_was_finished_elsewhere_leaves_the_list,
    test_looking_at_an_item_for_a_second_takes_its_mark_away,
    test_ticked_rows_bring_the_actions_that_they_share,
)
from tests.plugins.workitem.test_toasts import (
    test_a_toast_says_what_its_options_name,
    test_an_accepted_item_comes_to_the_front_unless_its_strategy_says_no,
    test_auto_answer_with_a_timer_shows_the_item_first,
    test_without_the_privilege_to_decline_there_is_no_reject,
)
