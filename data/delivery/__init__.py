"""A delivery: its files read, and the rows in the columns and types of the contract."""
