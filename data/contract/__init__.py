"""The data contract: eight extracts and the reference tables, defined once. This is its one door.

Intake, demo and documentation read the tables, codes, rules and Dutch descriptions from here.

What a schema cannot know in advance is the peildatum of a delivery: `op_peildatum(schema, peildatum)` gives
the same schema with that upper bound on its dates.
"""
# ruff: noqa: F401, F403

from data.contract.codes import *
from data.contract.reference import (
    REFERENTIE_MAP,
    REFERENTIES,
    ReferentieError,
    controleer_gebieden,
    kaart,
    referentie,
    wijkteams,
)
from data.contract.rules import ONLEESBAAR, kolom_bij, op_peildatum, redenen, tussen_kolommen
from data.contract.tables import OPTIONEEL, TABELLEN, Levering, Overdracht
