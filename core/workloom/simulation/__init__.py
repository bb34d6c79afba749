"""The deterministic simulator: a day of a contact centre from a seed."""
