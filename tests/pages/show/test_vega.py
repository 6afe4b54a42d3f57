"""A chart as Vega-Lite: its frames beside it, under names that do not change with the figures."""

from concurrent.futures import ThreadPoolExecutor

import altair as alt
import polars as pl

from pages.show import pictures, vega

ONE, OTHER = pl.DataFrame({"x": [1, 2]}), pl.DataFrame({"x": [3, 4]})


def chart(first, second):
    bars, points = alt.Chart(first).mark_bar(), alt.Chart(second).mark_point()
    return alt.layer(bars.encode(x="x:Q"), points.encode(x="x:Q"))


def test_the_frames_stand_beside_the_drawing_each_once_under_names_that_do_not_change_with_the_figures():
    before, after = vega.specification(chart(ONE, OTHER)), vega.specification(chart(OTHER, ONE))
    assert before["datasets"]["frame_0"] is ONE and before["datasets"]["frame_1"] is OTHER
    assert [layer["data"]["name"] for layer in before["layer"]] == ["frame_0", "frame_1"]
    assert before.pop("datasets").keys() == after.pop("datasets").keys()
    assert before == after
    assert list(vega.specification(chart(ONE, ONE.clone()))["datasets"]) == ["frame_0"]


def test_a_picture_made_beside_a_page_has_its_own_data():
    def data(of):
        return list(of.specification(chart(ONE, OTHER))["datasets"].values())

    with ThreadPoolExecutor(8) as threads:
        pages, drawn = threads.map(data, [vega] * 200), threads.map(data, [pictures] * 200)
        assert all(list(map(len, found)) == [2, 2] for found in pages)
        assert all(found == [ONE.to_dicts(), OTHER.to_dicts()] for found in drawn)


def test_the_same_figures_are_drawn_once():
    drawn = []

    @vega.kept
    def bars(frame):
        drawn.append(frame)
        return chart(frame, ONE)

    long = pl.DataFrame({"x": range(1000)})
    # Other only in the middle, in a name, in a type.
    others = (long.with_columns(x=pl.when(pl.col("x") == 500).then(0).otherwise("x")), long.rename({"x": "y"}))
    for frame in (long, long.clone(), *others, long.cast(pl.Int32)):
        bars(frame)
    assert len(drawn) == 4


def test_who_changes_a_specification_changes_it_for_nobody_else():
    kept = chart(ONE, OTHER)
    for _ in range(2):
        spec = vega.specification(kept)
        assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar", "point"] and len(spec["datasets"]) == 2
        spec["layer"].clear()
        spec["datasets"].clear()
