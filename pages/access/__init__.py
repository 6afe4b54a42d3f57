"""Who sees what: the gate, roles and areas, the way to the figures, the log of use."""

import queries

TEXTS = queries.texts(__file__)
