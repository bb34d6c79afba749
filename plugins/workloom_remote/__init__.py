"""Remote control: other programs of the same person ask how the agent stands, and change the status."""
