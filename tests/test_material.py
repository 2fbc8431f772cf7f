import pytest

from knowledge.material import clean, is_sentence, same


def test_clean_makes_one_composed_line() -> None:
    assert clean(" A\u030a v\u00e6re\n n\u00e6rings\u00adklynge\u00a0\x00er\tg\u200bøy ") == (
        "Å være næringsklynge er gøy"
    )


@pytest.mark.parametrize(
    "text", ["Vi er fire her.", "– Hva er det der? spør «Kari Nes.»", "A b c d…"]
)
def test_sentences(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text", ["Dette får de nye medlemmene", "Kari Nes.", "Publisert 2. mai i år"]
)
def test_other_lines(text: str) -> None:
    assert not is_sentence(text)


def test_capital_letters_do_not_make_lines_differ() -> None:
    assert same("Å VÆRE", "å være")
    assert not same("å være", "å vere")
