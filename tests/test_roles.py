import pytest

from index.lexical import Lexicon
from index.roles import holders
from knowledge.glossary import Concept

LEXICON = Lexicon(
    [
        Concept(
            "leader",
            "person",
            (
                ("nb", "leder"),
                ("nb", "daglig leder"),
                ("nb", "klyngeleder"),
                ("nb", "ledes"),
                ("en", "CEO"),
            ),
        ),
        Concept("chair", "person", (("nb", "styreleder"), ("en", "chair"))),
    ]
)


@pytest.mark.parametrize(
    ("text", "person", "of"),
    [
        ("sier Hilde Aspås, NCE iKubens daglige leder", "Hilde Aspås", "NCE iKubens"),
        (
            "sier Lars Petter Maltby, leder av Eyde Innovation Center om ACT",
            "Lars Petter Maltby",
            "Eyde Innovation Center",
        ),
        ("Klyngeleder Are Hvasser er glad.", "Are Hvasser", None),
        ("Juryen ledes av Astri Vegsund.", "Astri Vegsund", None),
        ("Hilde Aspås leder NCE iKuben.", "Hilde Aspås", None),
        ("Hilde Aspås er daglig leder.", "Hilde Aspås", None),
        ("Hilde Aspås var daglig leder i 2017 og 2018.", "Hilde Aspås", None),
        ("Kari Ås har vært daglig leder i 10 år.", "Kari Ås", None),
        ("Kari Ås er leder for 30–40 bedrifter.", "Kari Ås", None),
        ("Kari Ås became CEO in January 2019.", "Kari Ås", None),
        ("Kari Ås er leder for 3D-klyngen.", "Kari Ås", "3D-klyngen"),
        ("Kari Ås var leder i ACT i 2017.", "Kari Ås", "ACT i 2017"),
        ("Kari Ås er leder for 71 Nord.", "Kari Ås", "71 Nord"),
        ("Styreleder Live Dal takket lederen i ACT, Kari Ås.", "Kari Ås", "ACT"),
        ("Styreleder Live Dal er også leder i ACT, sier Per Øy.", "Live Dal", "ACT"),
        ("Klyngens leder, Jakob Eggesbø, smiler.", "Jakob Eggesbø", None),
        ("Leder i Åtte Bit er Nguyen Thi Mai.", "Nguyen Thi Mai", "Åtte Bit"),
        ("Kari Ås er leder, Tone Bergseth er fagsjef.", "Kari Ås", None),
        ("Kontakt: Per Øy. Leder: Kari Ås", "Kari Ås", None),
        ("Birkenes Wells ledes av Kari Ås.", "Kari Ås", "Birkenes Wells"),
        ("says Sporty Oslo's CEO, Hedda Kolstø", "Hedda Kolstø", "Sporty Oslo's"),
        ("CEO Ánte Gaup is glad.", "Ánte Gaup", None),
    ],
)
def test_who_holds_the_role_and_in_what(text: str, person: str, of: str | None) -> None:
    (holder,) = holders(text, {"leader"}, LEXICON)
    assert (text[slice(*holder.person)], holder.of) == (person, of)


def test_another_role_or_a_person_far_off_holds_nothing() -> None:
    assert holders("Its chair, Marit Dahl, smiles.", {"leader"}, LEXICON) == []
    assert (
        holders("Ny leder er ventet." + " Ja." * 30 + " Kari Ås kom.", {"leader"}, LEXICON) == []
    )
