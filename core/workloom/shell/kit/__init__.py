"""The widget kit: tokens, theme, icons and the widgets that the shell and all plugins are made of."""
