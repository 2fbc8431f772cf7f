import pytest
from fake_index import article

from index.passages import split


def texts(body: str, language: str = "nb") -> list[str]:
    assert language in ("nb", "nn", "en")
    source = article("a", body, language)  # type: ignore[arg-type]  # checked above
    passages = split(source)
    assert [source.body[p.start : p.end] for p in passages] == [p.text for p in passages]
    return [passage.text for passage in passages]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Møtet er 14. mai. Alle er med.",
            ["Møtet er 14. mai.", "Alle er med."],
        ),
        (
            "Ca. 40 er med, bl.a. Elkem. Det er bra.",
            ["Ca. 40 er med, bl.a. Elkem.", "Det er bra."],
        ),
        (
            "Hun er lege ved St. Olavs hospital. Han er prest.",
            ["Hun er lege ved St. Olavs hospital.", "Han er prest."],
        ),
        (
            "Klyngen fikk 2,5 mill. kroner kl. 12. Kari jublet.",
            ["Klyngen fikk 2,5 mill. kroner kl. 12.", "Kari jublet."],
        ),
        (
            "Det er nytt. akvARENA startet i 2016. iKuben fulgte.",
            ["Det er nytt.", "akvARENA startet i 2016.", "iKuben fulgte."],
        ),
        (
            "Juryen ledes av Kari. 27 kandidater var nominert.",
            ["Juryen ledes av Kari.", "27 kandidater var nominert."],
        ),
        (
            'Hun sa: "Vi deler. Det går bra." Så gikk hun.',
            ['Hun sa: "Vi deler.', 'Det går bra."', "Så gikk hun."],
        ),
    ],
)
def test_sentence_boundaries(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_date_is_not_cut() -> None:
    assert texts("Fristen er 14. mai. Søk nå.") == ["Fristen er 14. mai.", "Søk nå."]


def test_marks_of_headings_lists_and_speech_are_left_out() -> None:
    body = (
        "## Om klyngen\n\n- 40 medlemmer\n– Vi vokser, sier Kari.\n"
        "1. Første punkt\n17. mai er fri."
    )
    assert texts(body) == [
        "Om klyngen",
        "40 medlemmer",
        "Vi vokser, sier Kari.",
        "Første punkt",
        "17. mai er fri.",
    ]


def test_a_table_row_is_one_passage_and_its_rule_is_none() -> None:
    assert texts("| År | Antall |\n|---|---|\n| 2017 | 40. Ja. |") == [
        "| År | Antall |",
        "| 2017 | 40. Ja. |",
    ]


def test_offsets_count_code_points_and_blank_lines_give_nothing() -> None:
    source = article("a", "Åse 😀 leder.\n\n \nBra.\n")
    assert [(p.start, p.end) for p in split(source)] == [(0, 12), (16, 20)]


def test_no_break_spaces_stay_in_the_quote() -> None:
    assert texts("Arctic Cluster Team\u00a0(ACT) er med.") == [
        "Arctic Cluster Team\u00a0(ACT) er med."
    ]
