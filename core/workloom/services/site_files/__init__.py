"""Site files: one readable TOML file becomes a `Site`; all that is wrong in it is said at once, by line and column."""
