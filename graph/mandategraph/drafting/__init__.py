"""A draft that is not adopted yet, read but not stored: what it changes, what of it is asked already, what it adds, and what is wrong in its drafting."""
