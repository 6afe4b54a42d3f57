"""The pages by their name in the address: title, and what a reader finds there."""

PAGES = {
    "overzicht": (
        "Overzicht",
        "De belangrijkste cijfers van het eerste jaar en alle indicatoren met hun norm.",
    ),
    "begeleiding": (
        "Begeleiding",
        "Hoe lang de maatschappelijke begeleiding duurt, per regime en per maand.",
    ),
    "leerroutes": ("Leerroutes", "Het persoonlijk plan: op tijd of niet, en welke leerroute erin staat."),
    "ontzorging": ("Ontzorging", "Wie is ontzorgd, wie nog niet en waarom."),
    "overdracht": ("Overdracht", "De overdracht na de begeleiding aan de Sociaal Wijkteams."),
    "evaluatie": ("Evaluatie", "Wat er wel en niet te zeggen is over één jaar begeleiding in plaats van twee."),
    "meldingen": ("Meldingen", "De hulpvragen bij de wijkteams: hoeveel, waarover en wie verwees."),
    "briefing": ("Briefing", "Een informatienota voor de commissie, om te downloaden als PDF, Word of werkmap."),
    "verantwoording": (
        "Verantwoording",
        "Wat elk cijfer betekent, waar het vandaan komt, en wat de gegevens niet kunnen zeggen.",
    ),
}
# The page that opens without a name.
FIRST = "overzicht"
