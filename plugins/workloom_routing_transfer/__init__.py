"""Transfer of a work item to an agent, a group, a skill or a queue."""
