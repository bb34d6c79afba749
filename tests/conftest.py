"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# The same examples at every run, and no verdict that depends on how busy the machine is.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
