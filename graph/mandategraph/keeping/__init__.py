"""The store of the graph, and what guards it: snapshots, history, backups, checks, inference, validation."""
