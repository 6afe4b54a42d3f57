"""A message by e-mail on what changed since the previous delivery, with the briefing: for a timer at night."""
