import pytest
from test_drafts import DRAFT

from bot.draft_parts import PartError, changed
from bot.texts import TEXTS, load_texts

NB = load_texts(TEXTS)["nb"]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-14", "2024-05-14"),
        ("2024-5-4", "2024-05-04"),
        (" 14.05.2024 ", "2024-05-14"),
        ("4.5.2024", "2024-05-04"),
        ("14. mai 2024", "2024-05-14"),
        ("oktober 2017", "2017-10"),
        ("-", None),
        ("–", None),
    ],
)
def test_a_date_is_read_as_people_write_it(written: str, published: str | None) -> None:
    draft = changed(DRAFT, "published", written, NB)
    assert (draft.published, draft.evidence) == (published, None)


@pytest.mark.parametrize(
    "written",
    ["", "i går", "2024-13", "31.02.2024", "0000", "14.05.2024 eller så", "202", "14.05"],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(PartError) as raised:
        changed(DRAFT, "published", written, NB)
    assert str(raised.value) == NB.draft_no_date


def test_a_title_and_a_publisher_are_one_line() -> None:
    assert changed(DRAFT, "title", " Ny  klynge ", NB).title == "Ny klynge"
    assert changed(DRAFT, "publisher", "Klynge & co", NB).publisher == "Klynge & co"
    for text in ("", " ", "To\nlinjer", "x" * 251):
        with pytest.raises(PartError) as raised:
            changed(DRAFT, "title", text, NB)
        assert str(raised.value) == "Skriv én linje med høyst 250 tegn."
