"""What holds for all tests. The screen on which their windows stand is that of the test kit."""

from hypothesis import HealthCheck, settings

# The same examples at every run, and no verdict that depends on how busy the machine is.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
