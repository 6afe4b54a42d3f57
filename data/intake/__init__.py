"""A delivery becomes a validated snapshot."""
