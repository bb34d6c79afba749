"""Every behaviour of the services that is tested in one process, through a server."""

# ruff: noqa: F403
from tests.contract.engine.test_commands import *
from tests.contract.engine.test_login_place import *
from tests.contract.engine.test_lost_agents import *
from tests.contract.engine.test_offers import *
from tests.contract.engine.test_presence import *
from tests.contract.engine.test_privacy import *
from tests.contract.engine.test_references import *
from tests.contract.engine.test_routing import *
from tests.contract.engine.test_timers import *
from tests.contract.engine.test_transfers import *
