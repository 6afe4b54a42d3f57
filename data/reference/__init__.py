"""Reference data: wijken, wijkteams, events, national figures, promises, borders."""
