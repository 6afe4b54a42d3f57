"""Levering: a steward brings files, reads the report, and puts them in use; or puts an earlier delivery back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages import kit
from pages.access import questions
from pages.levering import desk, words
from pages.levering.words import TEXTS
from pages.show import downloads

FILES, OUTCOME, BACK, HEADINGS = (TEXTS[part] for part in ("files", "outcome", "back", "headings"))
# Until something else is done: what was said last, the draft, and whether there is a check to be put in use. And which
# uploader this is: each has its own files.
SAID, DRAFT, READY, ROUND = (f"_levering_{what}" for what in ("gezegd", "ontwerp", "klaar", "ronde"))
DAY = {"max_value": "today", "format": "DD-MM-YYYY", "key": "levering_peildatum", "width": 220}
deliveries, mine = kit.deliveries(), desk.mine()


@contextmanager
def told() -> Iterator[None]:
    """Something is done; when it is refused that is said, and the page is drawn anew."""
    st.session_state.update({SAID: ("", False), DRAFT: "", READY: False})
    try:
        yield
    except desk.RefusedError as error:
        st.session_state[SAID] = (str(error), False)
    st.rerun()


def tell() -> None:
    """What was said last; or that a check is gone, after an hour or when the line was lost."""
    if st.session_state.get(READY) and not (mine.busy or mine.report):
        st.session_state.update({SAID: (TEXTS["desk"]["gone"], False), READY: False})
    said, good = st.session_state.get(SAID, ("", False))
    # As it stands, and not as markup; a line of its own for each.
    said = re.sub(r"([\\`*_\[\]<>$~#])", r"\\\1", said).replace("\n", "\n\n")
    if said:
        (st.success if good else st.error)(said, icon=f":material/{'check' if good else 'error'}:")


def choose() -> None:
    """The files, the peildatum, and what to do with them."""
    kit.section(FILES["title"])
    kit.note(FILES["note"])
    limits = {"help": FILES["help"].format(most=desk.MOST, together=desk.MOST_TOGETHER), "max_upload_size": desk.MOST}
    key = f"levering_bestanden_{st.session_state.get(ROUND, 0)}"
    given = st.file_uploader(FILES["label"], accept_multiple_files=True, key=key, **limits)
    day = st.date_input(FILES["day"], None, help=FILES["day_help"], **DAY)
    toch = st.checkbox(FILES["toch"], key="levering_toch", help=FILES["toch_help"])
    files = ((each.name, each.getvalue()) for each in given)
    with st.container(horizontal=True):
        check = st.button(FILES["check"], type="primary", icon=":material/fact_check:", key="levering_controleer")
        draft = st.button(FILES["draft"], icon=":material/edit_document:", key="levering_ontwerp")
    if check and questions.steward("controleren", peildatum=str(day or "")):
        with told():
            mine.begin(files, day, toch)
            forget([each.file_id for each in given])
            st.session_state[READY] = True
    if draft:
        with told():
            st.session_state[DRAFT] = desk.drafted(files)
    if text := st.session_state.get(DRAFT):
        kit.note(FILES["drafted"])
        st.download_button(FILES["draft_file"], text, "levering.toml", "text/plain", on_click="ignore")
        st.code(text, "toml", height=300)


def forget(uploaded: list[str]) -> None:
    """Take what was uploaded out of the server's memory, and begin with an empty choice of files."""
    context = get_script_run_ctx()
    for each in uploaded:
        context.uploaded_file_mgr.remove_file(context.session_id, each)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def wait() -> None:
    """How far the check is, until it is over."""
    bar = st.progress(0.0, TEXTS["progress"])
    for share, what in mine.progress():
        bar.progress(share, what or TEXTS["progress"])
    with told():
        mine.look()
        st.session_state[READY] = True


def outcome() -> None:
    """The report of the check, and the choice to put it in use."""
    report, day = mine.report, kit.formats.long_date(mine.peildatum)
    in_use = report["in_gebruik_genomen"]
    kit.section(OUTCOME["title"].format(day=day))
    for sentence in (*mine.sentences(), *([] if in_use else [OUTCOME["only_kept"]])):
        kit.note(sentence)
    if report["toch"]:
        st.warning("\n\n".join([OUTCOME["toch"], *report["toch"]]), icon=":material/warning:")
    with st.container(horizontal=True):
        verb = OUTCOME["use" if in_use else "keep"]
        use = st.button(verb, type="primary", icon=":material/publish:", key="levering_gebruik")
        leave = st.button(OUTCOME["leave"], icon=":material/delete:", key="levering_weg")
        for name, (label, mime) in zip(desk.REPORTS, OUTCOME["reports"], strict=True):
            file = downloads.File(label, name, mime, lambda name=name: mine.file(name))
            downloads.button(file, kit.selection(), f"levering_{name}", type="tertiary", icon=":material/download:")
    kit.note(OUTCOME["until"])
    rows, found = words.per_table(report), words.found(report, desk.named, desk.where)
    told_of = {"headings": HEADINGS, "question": ()}
    kit.show(None, table=found, title=OUTCOME["found"], empty=OUTCOME["nothing"], **told_of)
    kit.show(None, table=rows, title=OUTCOME["per_table"], totals=words.COUNTS, **told_of)
    which = {"levering": report["levering_id"], "peildatum": report["peildatum"]}
    if use and questions.steward("opnemen", **which):
        with told():
            mine.put_in_use()
            st.session_state[SAID] = (OUTCOME["used" if in_use else "stored"].format(day=day), True)
    if leave:
        with told():
            mine.leave()


def back() -> None:
    """The snapshots that are kept, and the way back to one of them."""
    kit.show(None, table=words.history(deliveries), title=BACK["title"], headings=HEADINGS, question=(), level=2)
    others = [each.peildatum for each in deliveries if each.leesbaar and not each.in_gebruik]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.selectbox(BACK["choose"], others, format_func=kit.formats.short_date, key="levering_terug", width=220)
        again = st.button(BACK["button"], icon=":material/undo:", key="levering_terugzetten")
    kit.note(BACK["note"])
    if again and questions.steward("terugzetten", peildatum=str(day)):
        with told():
            st.session_state[SAID] = (desk.go_back(day), True)


if not questions.steward():
    mine.leave()
    kit.head(TEXTS["title"], TEXTS["not_for_you"], persons=False)
else:
    kit.head(TEXTS["title"], words.now(deliveries), persons=False)
    tell()
    if not desk.may_write():
        st.warning(TEXTS["closed"], icon=":material/lock:")
    elif mine.busy:
        wait()
    else:
        if desk.lacks_key():
            st.info(TEXTS["no_key"], icon=":material/key_off:")
        outcome() if mine.report else choose()
        back()
