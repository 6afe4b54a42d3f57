"""What stands around every page: the gate, page set-up, navigation, filter bar. Run for every visitor."""

import streamlit as st

from pages import kit
from pages.access import gate, questions
from pages.contents import BEHEER, COMPARING, FIRST, FOOT, GROUPED, INTERN, PAGES
from pages.show import head as shell
from pages.show import introduction

entrance = gate.entrance()
hidden = FOOT | (set() if questions.shows_exact() else INTERN) | (set() if questions.steward() else BEHEER)
here = st.navigation(
    [
        st.Page(
            f"{name}/page.py",
            title=title,
            url_path=name,
            help=words,
            default=name == FIRST,
            visibility="hidden" if name in hidden else "visible",
        )
        for name, (title, words) in PAGES.items()
    ],
    # Also for who is not in yet: without it Streamlit takes every address for an unknown page.
    position="top" if entrance.view else "hidden",
)
st.set_page_config(page_title=f"{here.title} · {shell.NAME}", page_icon=str(shell.ICON), layout="wide")
shell.dress()
with kit.told_in_dutch():
    gate.greet(entrance)
    if entrance.view is None:
        gate.ask_to_sign_in(entrance)
    else:
        source = kit.database()
        gate.remark(entrance, source)
        page = here.url_path or FIRST
        kit.filter_bar(source, compares=page in COMPARING, groups=page in GROUPED)
        kit.copy_link()
        introduction.offer()
        here.run()
        shell.foot(page)
gate.account(entrance)
