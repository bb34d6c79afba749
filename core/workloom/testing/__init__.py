"""The test kit for the project and for plugin authors."""
