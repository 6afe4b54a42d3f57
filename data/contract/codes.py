"""The codes of the extracts, exactly as they are delivered.

Names and codes follow the Gemeentelijk Gegevensmodel (domain Inburgering) and DUO's M2M-koppeling Inburgering where
those exist.
"""

import datetime as dt

EERSTE_DATUM = dt.date(1990, 1, 1)
ONBEKEND = "Onbekend"

WETTEN = ("WI2013", "WI2021")
DOELGROEPEN = ("Asielstatushouder", "Gezinsmigrant en overige migrant")
VERBLIJFSRECHTEN = ("asiel", "regulier")
REDENEN_UITSTROOM = (
    "Volledige ontheffing",
    "Volledige vrijstelling",
    "Inburgeringsplicht voldaan",
    "Verblijfsdoel gewijzigd",
    "Vertrek uit Nederland",
    "Overlijden",
    "Verhuizing",
    "Overig",
)
UITSLAGEN = ("B1-route haalbaar", "B1-route niet haalbaar", "Onbekend")
LEERROUTES = ("B", "O", "Z")
NIVEAUS = ("A2", "B1")
REDENEN_EINDE_BEGELEIDING = ("Afgerond", "Verhuisd", "Op eigen verzoek", "Overig")
REDENEN_NIET_GESTART = ("Machtiging geweigerd", "Bijstand beëindigd", "Al zelfredzaam", "Wachtlijst", "Overig")
REDENEN_EINDE_ONTZORGING = ("Periode voltooid", "Bijstand beëindigd", "Verhuisd", "Op eigen verzoek", "Overig")
STATUSSEN_OVERDRACHT = ("Gepland", "Afgerond", "Niet bereikt", "Afgezien", "Vertrokken")
VORMEN_OVERDRACHT = ("Kennismaking", "Driegesprek")
HULPVRAGEN = (
    "Formulieren en brieven",
    "Verblijf en gezinshereniging",
    "Geldzaken",
    "Psychosociaal",
    "Wonen",
    "Werk en opleiding",
    "Overig",
)
SOORTEN_MELDING = ("Hulpvraag", "Begeleidingstraject")
VERWIJZERS = ("VluchtelingenWerk", "Gemeente", "Huisarts", "School", "Zelforganisatie", "Eigen initiatief", "Overig")

# Of what was published about the nation: what kind of number it is, and how settled.
SOORTEN_LANDELIJK = ("getal", "ondergrens", "bovengrens")
VERSIES = ("voorlopig", "definitief", "herzien")
# What can be known of a stage of the law; with the last one goes a year.
STANDEN = ("beschikbaar", "in voorbereiding", "niet geregistreerd", "niet voor")

PATROON_PSEUDONIEM = r"^[A-Za-z0-9_-]{8,64}$"
PATROON_WIJKCODE = r"^WK[0-9]{6}$"
