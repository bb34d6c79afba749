"""Work items: channel, interaction view, Done and Move to queue."""
