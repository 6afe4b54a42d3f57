"""What the page Verantwoording says: its fixed texts, and the delivery or the publication in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

import queries
from pages.words import formats

TEXTS: dict[str, Any] = queries.texts(__file__)
PROTECTION = TEXTS["protection"]


def finding(delivery: queries.Delivery, published: bool) -> str:
    """What the reader finds: of a delivery how many rows and how many of them rejected; and whether it is the demo."""
    rejected = delivery.afgekeurd
    which = {0: "all", 1: "one"}.get(rejected, "more")
    if not delivery.gelezen:
        which = "no_rows" if delivery.tabellen else "not_told"
    rows, share = formats.count(delivery.gelezen), formats.percent(delivery.aandeel_afgekeurd, decimals=1)
    told = TEXTS["finding"]["published" if published else which]
    told = told.format(rows=rows, rejected=formats.count(rejected), share=share)
    return f"{TEXTS['finding']['demo']} {told}" if delivery.demo else told


def gone(delivery: queries.Delivery) -> str:
    """How many persons of the previous delivery are not in this one."""
    if delivery.verdwenen is None or delivery.vorige_peildatum is None:
        return TEXTS["gone"]["no_earlier"]
    which = {0: "nobody", 1: "one"}.get(delivery.verdwenen, "more")
    since, number = formats.long_date(delivery.vorige_peildatum), formats.count(delivery.verdwenen)
    return TEXTS["gone"][which].format(since=since, number=number)


def developed(deliveries: pl.DataFrame) -> str:
    """How the last delivery compares with the one before it: rows, and the share rejected.

    deliveries: see charts.comparable(); the title of the history when there are fewer than two.
    """
    if deliveries.height < 2:
        return TEXTS["history"]["title"]
    before, last = deliveries.tail(2).iter_rows(named=True)
    more = last["gelezen"] - before["gelezen"]
    rows = f"{formats.count(abs(more))} {'rij' if abs(more) == 1 else 'rijen'} {'meer' if more > 0 else 'minder'} dan"
    then, now = (formats.percent(row["aandeel"], decimals=1) for row in (before, last))
    share = f"beide keren is {now} afgekeurd" if then == now else f"{now} is afgekeurd, toen {then}"
    since = formats.long_date(before["peildatum"])
    return f"De laatste levering heeft {rows if more else 'evenveel rijen als'} die van {since}; {share}"


def knowable(known: pl.DataFrame) -> str:
    """How many of the questions about the law can be answered. known: queries.knowable()."""
    answered = known.filter(stand="beschikbaar").height
    return TEXTS["knowable"]["title"].format(answered=answered, all=known.height)


def limits(published: bool = False) -> list[str]:
    """The limits as lines of a list, each with its name in front; to the public reader some say something else."""
    texts = [(limit, limit.get("openbaar") if published else None) for limit in TEXTS["limits"]]
    first, *others = [f"**{limit['name']}.** {instead or limit['text']}" for limit, instead in texts]
    return [first, *(f"**{name}.** {text}" for name, text in queries.GEMEENTE.beperkingen.items()), *others]


def use(manifest: queries.PublicationManifest) -> list[tuple[str, str]]:
    """Per reader how many figures of a publication are shown, in words and too small, as label and text."""
    told = TEXTS["use"]["reader"]
    counts = [(each.lezer, each.model_dump(exclude={"lezer"})) for each in manifest.gebruik]
    return [(who, told.format(**{name: formats.count(number) for name, number in own.items()})) for who, own in counts]


def protection(manifest: queries.PublicationManifest, questions: Sequence[str]) -> list[tuple[str, str]]:
    """How the figures of a publication were protected, as label and text: rules, the attack, what is not public.

    manifest: of the publication. questions: the names of those that were published.
    """
    key, attack = PROTECTION["not_secret" if manifest.demo else "secret"], manifest.aanval
    told = [(rule["name"], rule["text"].format(key=key)) for rule in PROTECTION["rules"]]
    if attack is not None:
        found = PROTECTION["none_small" if attack.smalste is None else "some_small"].format(attack.smalste)
        which = "is 1 cijfer" if attack.weggelaten == 1 else f"zijn {formats.count(attack.weggelaten)} cijfers"
        left_out = f" Daarvoor {which} niet getoond." if attack.weggelaten else ""
        earlier = ", ook die van eerdere publicaties" if attack.publicaties > 1 else ""
        words = PROTECTION["attack"].format(earlier=earlier, found=found, left_out=left_out)
        told.append(("Nagerekend", words))
    kept = [f"“{question.titel}”" for name, question in queries.VRAGEN.items() if name not in questions]
    more = PROTECTION["also"].format("is" if len(kept) == 1 else "zijn", formats.enumerate_words(kept)) if kept else ""
    return [*told, ("Niet openbaar", f"{PROTECTION['never_public']}{more}")]
