"""A synthetic municipality."""
