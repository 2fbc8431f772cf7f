import pytest

from knowledge.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvem leder iKuben?", "nb"),
        ("Kven er dagleg leiar i NCE iKuben?", "nn"),
        ("Who leads NCE iKuben?", "en"),
        ("hvem leder Toten Precision?", "nb"),
        ("who is at the helm of Breviksfjorden H2?", "en"),
        ("korleis søkjer ein", "nn"),
    ],
)
def test_language_by_its_words(text: str, language: str) -> None:
    assert detect_language(text, None) == language


def test_the_asker_decides_where_the_words_do_not() -> None:
    assert detect_language("iKuben", "nn") == "nn"
    assert detect_language("iKuben", None) == "nb"
