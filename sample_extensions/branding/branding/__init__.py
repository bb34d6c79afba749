"""How the desktop of a house looks and speaks."""
