"""The store -> records: the inverse of describing, and the only place beside `queries/` that asks the graph."""
