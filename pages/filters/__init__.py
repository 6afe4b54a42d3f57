"""The filter bar and the link that holds its choices."""
