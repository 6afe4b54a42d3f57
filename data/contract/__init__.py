"""The data contract: eight extracts and the reference tables, defined once. This is its one door."""
# ruff: noqa: F401, F403

from data.contract.codes import *
from data.contract.reference import EIGEN_MAP, REFERENTIE_MAP, REFERENTIES, kaart, referentie, wijkteams
from data.contract.rules import SOORTEN, op_peildatum, redenen, tussen_kolommen
from data.contract.tables import OPTIONEEL, TABELLEN
from data.contract.toml_file import ReferentieError, fill

# It asks this door for the folder.
from data.contract.gemeente import GEMEENTE, HUISSTIJL, STADSDELEN, WOORDEN, filled_in, texts  # isort: skip
