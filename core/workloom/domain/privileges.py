"""Privileges that the core knows. Plugins declare further ones in their manifests."""

from typing import Final

USE_CHANNEL: Final = "Can Use WorkItem Channel"
ONE_STEP_TRANSFER: Final = "Can One Step Transfer"
SET_DISPOSITION: Final = "Can Set Interaction Disposition"
MARK_DONE: Final = "Can Mark Done"
DECLINE: Final = "Can Decline"
MOVE_TO_WORKBIN: Final = "Can Move To Workbin"
MOVE_TO_QUEUE: Final = "Can Move To Queue"
USE_WORKBINS: Final = "Can Use Workbins"
USE_TEAM_WORKBINS: Final = "Can Use My Team Workbins"
PULL_FROM_QUEUE: Final = "Contact - Can Pull From Queue"
PULL_SHARED: Final = "Contact - Can Pull Interactions In Shared Workbins"
PULL_NOT_OWNED: Final = "Contact - Can Pull Interactions In Workbins Not Owned By The User"
USE_DIRECTORY: Final = "Contact - Can Use Directory"
CONTACT_INFORMATION: Final = "Contact - Can Use Contact Information"
CONTACT_HISTORY: Final = "Contact - Can Use Contact History"
MY_HISTORY: Final = "Contact - Can Use My History"
INTERACTION_SEARCH: Final = "Contact - Can Use Interaction Search"
ASSIGN_CONTACT: Final = "Contact - Can Assign Interaction To Contact"
CASE_ADD: Final = "Case Information - Can Add"
CASE_EDIT: Final = "Case Information - Can Edit"
CASE_DELETE: Final = "Case Information - Can Delete"
MANAGEMENT_USE: Final = "Interaction Management - Can Use"
MANAGEMENT_TO_QUEUE: Final = "Interaction Management - Can Move To Queue"
MANAGEMENT_TO_WORKBIN: Final = "Interaction Management - Can Move To Workbin"
MANAGEMENT_CASE_EDIT: Final = "Interaction Management - Can Edit Case Information"
TARGETS_USE: Final = "Team Communicator - Can Use"
TARGETS_FAVOURITES: Final = "Team Communicator - Can Manage Favorites"
TEAM_LEAD: Final = "Team Lead - Can Use"
INSPECT_PLUGINS: Final = "Can Inspect Plugins"
MANAGEMENT_FINISH: Final = "Interaction Management - Can Complete And Cancel"
MANAGEMENT_RESTART: Final = "Interaction Management - Can Restart"
CAPTURE_SEND: Final = "Capture - Can Send Messages"
CAPTURE_READ: Final = "Capture - Can Read Items"
ADMIN_READ: Final = "Administration - Can Read Configuration"
ADMIN_CHANGE: Final = "Administration - Can Change Configuration"
ADMIN_SESSIONS: Final = "Administration - Can Manage Sessions"
ADMIN_PASSWORDS: Final = "Administration - Can Reset Passwords"

CORE_PRIVILEGES: Final = (
    USE_CHANNEL,
    ONE_STEP_TRANSFER,
    SET_DISPOSITION,
    MARK_DONE,
    DECLINE,
    MOVE_TO_WORKBIN,
    MOVE_TO_QUEUE,
    USE_WORKBINS,
    USE_TEAM_WORKBINS,
    PULL_FROM_QUEUE,
    PULL_SHARED,
    PULL_NOT_OWNED,
    USE_DIRECTORY,
    CONTACT_INFORMATION,
    CONTACT_HISTORY,
    MY_HISTORY,
    INTERACTION_SEARCH,
    ASSIGN_CONTACT,
    CASE_ADD,
    CASE_EDIT,
    CASE_DELETE,
    MANAGEMENT_USE,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_TO_WORKBIN,
    MANAGEMENT_CASE_EDIT,
    TARGETS_USE,
    TARGETS_FAVOURITES,
    TEAM_LEAD,
    INSPECT_PLUGINS,
    MANAGEMENT_FINISH,
    MANAGEMENT_RESTART,
    CAPTURE_SEND,
    CAPTURE_READ,
    ADMIN_READ,
    ADMIN_CHANGE,
    ADMIN_SESSIONS,
    ADMIN_PASSWORDS,
)

NEED_CHANNEL: Final = frozenset(
    {
        ONE_STEP_TRANSFER,
        SET_DISPOSITION,
        MARK_DONE,
        DECLINE,
        MOVE_TO_WORKBIN,
        MOVE_TO_QUEUE,
        USE_WORKBINS,
        USE_TEAM_WORKBINS,
        PULL_FROM_QUEUE,
        PULL_SHARED,
        PULL_NOT_OWNED,
    }
)
"""Work-item privileges that count only together with `USE_CHANNEL`."""

NEED_MANAGEMENT: Final = frozenset(
    {MANAGEMENT_TO_QUEUE, MANAGEMENT_TO_WORKBIN, MANAGEMENT_CASE_EDIT, MANAGEMENT_FINISH, MANAGEMENT_RESTART}
)
"""Privileges of supervisors that count only together with `MANAGEMENT_USE`: who may act on any item may see it."""
