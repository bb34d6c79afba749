"""The login: who you are, then where you sit and what you take today."""
