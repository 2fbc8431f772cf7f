import pytest

from knowledge.glossary import Concept
from knowledge.held_roles import HeldRole, Roles

ROLES = Roles(
    [
        Concept("leader", "person", (("nb", "leder"), ("nb", "daglig leder"), ("en", "CEO"))),
        Concept("chair", "person", (("nn", "styreleiar"), ("en", "heads the board"))),
        Concept("member", "number", (("nb", "medlem"),)),
    ],
    left={"Kari Nes"},
)


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("Klyngen vokser, sier daglig leder Ola Li.", "daglig leder"),
        ("Ola Li er lederen.", "lederen"),
        ("Styreleiar Åse Bø-Lie takkar.", "Styreleiar"),
        ("Ola B. Li heads the board.", "heads the board"),
        ("Kari Nes er blitt daglig leder.\n\n" + "Og så videre. " * 9 + "CEO Ola Li.", "CEO"),
    ],
)
def test_a_role_with_a_name_beside_it(body: str, role: str) -> None:
    held = ROLES.first_held(body)
    assert held
    assert body[held.start :].startswith(role)


@pytest.mark.parametrize(
    "body",
    [
        "Klyngen leder an i arbeidet.",
        "Medlem Ola Li er glad.",
        "Kari Nes er daglig leder.",
        "Ola Li takker alle som kom til møtet på Stord i går. Han er leder.",
        "Den lederløse klyngen til Ola Li.",
    ],
)
def test_no_fact_about_somebody_in_a_role(body: str) -> None:
    assert ROLES.first_held(body) is None


def test_the_words_around_it_are_shown() -> None:
    body = "Alt ble sagt på møtet i Førde, og så videre.\n– Bra, sier daglig leder Ola Li i Tang."
    assert ROLES.first_held(body) == HeldRole(
        "møtet i Førde, og så videre. – Bra, sier daglig leder Ola Li i Tang.",
        body.index("daglig"),
    )
