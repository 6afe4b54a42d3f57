"""The snapshots: how one takes its place, and what becomes of those before it."""
