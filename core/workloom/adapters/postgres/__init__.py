"""The store on PostgreSQL, for any number of nodes.

Isolation is READ COMMITTED with explicit locks: commands run beside each other, a step of the dispatcher runs alone,
and readers see events in their order (docs/decisions say why).
"""
