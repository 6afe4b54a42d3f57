"""The chosen segment of a choice is told from the others by strong contrast, on light and on dark."""

import application

_COLOURS = """() => {
    const chosen = document.querySelector('[role="radio"][aria-checked="true"]');
    const ground = element => getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    const words = getComputedStyle(chosen.querySelector('p') || chosen).color.match(/[\\d.]+/g).map(Number);
    return [chosen.innerText, words, ground(chosen), ground(document.querySelector('.stApp'))];
}"""


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour[:3])]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_chosen_segment_is_read_and_told_from_the_page(open_at):
    page, seen = open_at("/ontzorging?ontzorging_niveau=Wijkteam"), []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        application.settle(page)
        name, words, ground, around = page.evaluate(_COLOURS)
        assert name == "Wijkteam"
        assert len(ground) == 3, "the ground is opaque"
        assert contrast(words, ground) >= 4.5
        # What tells a choice from what was not chosen: WCAG 1.4.11.
        assert contrast(ground, around) >= 3
        seen.append(around)
    assert seen[0] != seen[1]
