"""What stands around every page: page set-up, filter bar, navigation. Run for every visitor, by dashboard.py."""

import streamlit as st

from pages import shared
from pages.shared import page as shell

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
    "verantwoording": (
        "Verantwoording",
        "Wat elk cijfer betekent, waar het vandaan komt, en wat de gegevens niet kunnen zeggen.",
    ),
}

here = st.navigation(
    [
        st.Page(f"{name}/page.py", title=title, url_path=name, help=words, default=name == "overzicht")
        for name, (title, words) in PAGES.items()
    ],
    position="top",
)
st.set_page_config(page_title=f"{here.title} · {shell.NAME}", page_icon=str(shell.ICON), layout="wide")
shell.dress()
with shared.told_in_dutch():
    shared.filter_bar(shared.database())
    shared.copy_link()
    here.run()
