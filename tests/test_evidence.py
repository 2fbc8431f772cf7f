from datetime import date

import pytest

from knowledge.evidence import Evidence, Published, date_line, find_published, label_date
from knowledge.material import Line, Material, Stated

TITLE = "Klyngen vokser"
TEXT = "Klyngen har fått mange nye medlemmer i år."
TODAY = date(2026, 5, 1)


def material(*texts: str, stated: tuple[Stated, ...] = ()) -> Material:
    return Material(tuple(map(Line, texts)), TITLE, stated=stated)


def published(value: str, words: str, where: str) -> Published:
    return Published(value, Evidence(words, where))  # type: ignore[arg-type]


def test_metadata_comes_before_the_text_and_the_text_before_the_address() -> None:
    stated = (Stated("2019-01-02T08:00", "meta: 2019-01-02"),)
    address = "https://example.no/2017/10/x"
    lines = (TITLE, "Publisert 3.4.2018", TEXT)
    assert find_published(material(*lines, stated=stated), [address], TODAY) == published(
        "2019-01-02", "meta: 2019-01-02", "metadata"
    )
    assert find_published(material(*lines), [address], TODAY) == published(
        "2018-04-03", "Publisert 3.4.2018", "text"
    )
    assert find_published(material(TITLE, TEXT), [address], TODAY) == published(
        "2017-10", "/2017/10/", "address"
    )
    assert find_published(material(TITLE, TEXT), ["https://example.no/x"], TODAY) is None


def test_a_label_comes_before_a_bare_date_that_is_nearer() -> None:
    found = find_published(material(TITLE, "1.1.2020", TEXT, "Publisert: 3.4.2018"), [], TODAY)
    assert found == published("2018-04-03", "Publisert: 3.4.2018", "text")


@pytest.mark.parametrize("value", ["2026-05-02", "1970-01-01T00:00:00Z", "2020-02-31", "i går"])
def test_the_future_zero_and_the_impossible_show_nothing(value: str) -> None:
    assert find_published(material(TITLE, TEXT, stated=(Stated(value, "x"),)), [], TODAY) is None


def test_today_and_this_month_are_not_the_future() -> None:
    today = find_published(material(TITLE, "1.5.2026", TEXT), [], TODAY)
    assert today == published("2026-05-01", "1.5.2026", "text")
    month = find_published(material(TITLE, TEXT), ["https://example.no/2026/05/x"], TODAY)
    assert month == published("2026-05", "/2026/05/", "address")


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("Publisert 2.12.2020", "2020-12-02", "Publisert 2.12.2020"),
        ("PUBLISERT: TIRSDAG 6. FEBRUAR 2024", "2024-02-06", "PUBLISERT: TIRSDAG 6. FEBRUAR 2024"),
        ("Skrevet av Kari Nes 08.08.16", "2016-08-08", "Skrevet av Kari Nes 08.08.16"),
        ("Nyhet | publisert 3. mai 2018", "2018-05-03", "publisert 3. mai 2018"),
        ("Revidert 27.10.2020 Publisert 5. april 2019", "2019-04-05", "Publisert 5. april 2019"),
        ("Publisert i 2015", "2015", "Publisert i 2015"),
        ("Published on May 2016", "2016-05", "Published on May 2016"),
    ],
)
def test_what_a_label_says(text: str, value: str, words: str) -> None:
    assert label_date(text) == (value, words)


@pytest.mark.parametrize(
    "text",
    [
        "Revidert 27. oktober 2020",
        "Sist oppdatert 27.10.2020",
        "Skrevet av linn, revidert 27. oktober 2020",
        "Rapporten ble publisert 12. mai 2015.",
        "The strategy, which was published 12 May 2015, is old.",
        "Publisert 31.02.2020",
        "Publisert av styret",
    ],
)
def test_what_is_no_publication(text: str) -> None:
    assert label_date(text) is None


@pytest.mark.parametrize(
    "text", ["16. okt. 2017", "Tirsdag 06.02.24", "18 October, 2017 10:53", "Nyhet | 19.05.2021"]
)
def test_a_line_that_is_a_date(text: str) -> None:
    assert date_line(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Oppdatert: 27.10.2020",
        "27.10.2020 (oppdatert)",
        "Søknadsfrist 15. mars 2021",
        "Årsmøte 12. mai 2018",
        "12. mai 2018 kl. 10-12",
        "12.05.2018 til 14.05.2018",
        "Klyngen ble startet 12. mai 2014 i Leirvik.",
    ],
)
def test_a_line_with_the_date_of_something_else(text: str) -> None:
    assert date_line(text) is None


def test_a_bare_date_far_from_the_title_shows_nothing() -> None:
    far = material(TITLE, *[TEXT] * 6, "3.4.2018")
    assert find_published(far, [], TODAY) is None
