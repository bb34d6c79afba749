"""Offers: toasts that say what is offered, count down, and take the agent's answer."""
