"""What happens to items, in files of its own."""
