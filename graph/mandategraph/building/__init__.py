"""Inputs -> the store: what is read, by which processes, and under which name it is kept."""
