"""Exports of other systems as files: CSV and JSON lines, in any encoding, with limits that hold whatever comes."""
