"""What plugins have brought to one agent's window, ordered and filtered. No Qt: the window listens and redraws."""
