import pytest

from knowledge.material import Line
from knowledge.noise import body_places, is_noise


@pytest.mark.parametrize(
    "text",
    [
        "Hopp til hovedinnhold",
        "Gå til hovedinnhold",
        "Skip to the content",
        "Del Del Del",
        "Del på Facebook",
        "Share this article",
        "Share",
        "Back",
        "Annonse",
        "Saken fortsetter under annonsen",
        "Se hele kalenderen",
        "Meld deg på vårt nyhetsbrev",
        "Meld deg på nyhetsbrevet vårt og få nytt fra oss hver uke.",
        "Sign up for our newsletter!",
        "Foto: Ola Vik / Vik foto",
        "FOTO: Ola Vik",
        "Tekst og foto: Ola Vik",
        "Kaien i Leirvik. Foto: Ola Vik",
        "Les også: Ny daglig leder i Vindklyngen",
        "Skrevet av linn",
        "Written by Kari Nes, Manager",
        "Translated by ChatGPT",
        "waves image",
    ],
)
def test_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "Del av satsingen er et nytt laboratorium i Leirvik.",
        "Klyngen sender ut et nyhetsbrev hver måned.",
        "Annonsering ga 34 nye medlemmer.",
        "Foto ble vist på årsmøtet i Leirvik.",
        "Tilbake i Leirvik ventet styret.",
        "Backup er viktig, sier Kari Nes.",
        "Les også rapporten fra 2019, sier hun.",
        "Skrevet av styret i 2014, ble planen fulgt.",
        "Oppdatert kunnskap om havkraft er viktig.",
        "Postnord er medlem av klyngen.",
        "Dette får medlemmene",
    ],
)
def test_sentences_and_headings_stay(text: str) -> None:
    assert not is_noise(text)


def kept(*texts: str, title: str = "Klyngen vokser", shown: str | None = None) -> list[str]:
    lines = [Line(text) for text in texts]
    return [lines[place].text for place in body_places(lines, title, shown)]


STORY = "Klyngen har fått mange nye medlemmer i år."


def test_the_title_and_a_line_that_repeats_at_once_are_not_the_body_s() -> None:
    assert kept("Klyngen vokser", "KLYNGEN VOKSER", STORY, STORY) == [STORY]


def test_what_stands_beside_the_date_above_the_text_is_a_byline() -> None:
    lines = ("Kari Nes", "Kommunikasjonssjef", "19.8.2022", "Nyhet", STORY, "Kari Nes")
    assert kept(*lines) == [STORY, "Kari Nes"]


def test_a_short_lead_without_a_date_beside_it_stays() -> None:
    assert kept("Nye medlemmer strømmer til", STORY) == ["Nye medlemmer strømmer til", STORY]


def test_a_date_may_be_a_heading_within_the_text_unless_it_is_the_evidence() -> None:
    assert kept(STORY, "12. mai 2014", STORY) == [STORY, "12. mai 2014", STORY]
    assert kept(STORY, "12. mai 2014", shown="12. mai 2014") == [STORY]


def test_lines_about_publication_and_change_are_not_the_body_s() -> None:
    assert kept(STORY, "Publisert 12. mai 2014", "Sist oppdatert 13.05.2014") == [STORY]
