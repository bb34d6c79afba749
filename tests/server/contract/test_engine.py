"""Every behaviour of the engine that is tested on SQLite, on PostgreSQL."""

# ruff: noqa: F403
from tests.contract.engine.test_adversaries import *
from tests.contract.engine.test_commands import *
from tests.contract.engine.test_guessing import *
from tests.contract.engine.test_lost_agents import *
from tests.contract.engine.test_offers import *
from tests.contract.engine.test_presence import *
from tests.contract.engine.test_privacy import *
from tests.contract.engine.test_references import *
from tests.contract.engine.test_routing import *
from tests.contract.engine.test_timers import *
from tests.contract.engine.test_tokens import *
from tests.contract.engine.test_transfers import *
