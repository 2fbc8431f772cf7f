from telegram_standin import read_png

from bot.chart import BACKGROUND, BAR, INK, bar_chart


def test_bars_are_as_high_as_their_numbers() -> None:
    width, height, rows = read_png(bar_chart([1, 0, 4, 2]))
    heights = [
        sum(row[16 + place * 32 + 6] == BAR for row in rows)  # just within the bar
        for place in range(4)
    ]
    assert heights == [60, 0, 240, 120]
    assert (width, height) == (4 * 32 + 2 * 16, 40 + 240 + 36)


def test_numbers_stand_on_their_bars_and_places_below() -> None:
    _, _, rows = read_png(bar_chart([0, 7]))
    top = rows[24:34]  # ten pixels, just above the bar
    seven = ["###", "  #", "  #", "  #", "  #"]
    left = 16 + 32 + 16 - 3
    drawn = ["".join("#" if row[left + 2 * x] == INK else " " for x in range(3)) for row in top]
    assert drawn[::2] == seven
    assert INK not in b"".join(row[:48] for row in rows[:280])  # none over an empty place
    assert [row for row in rows[292:307] if INK in row[:48] and INK in row[48:]]


def test_nothing_is_an_empty_picture() -> None:
    _, _, rows = read_png(bar_chart([0] * 24))
    assert set(b"".join(rows[:280])) == {BACKGROUND}
