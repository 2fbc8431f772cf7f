import pytest

from index.answer_kind import AnswerKind
from index.candidates import candidates


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("person", "sier Hilde Aspås, NCE iKubens daglige leder", ["Hilde Aspås"]),
        ("person", "Statsråd Torbjørn Røe Isaksen kom", ["Torbjørn Røe Isaksen"]),
        ("person", "Eyde Innovation Center vokser", []),
        ("person", "GCE Tangtoppen Cluster Manager Kari Nes sier", ["Kari Nes"]),
        ("person", "Innovasjon Norge-direktør Ola Dahl Moe", ["Ola Dahl Moe"]),
        ("person", "Lederen Kari Nes. Ifølge Ola Moe", ["Kari Nes", "Ola Moe"]),
        ("person", "Ring's CEO, Kari Nes, and Minister Moe", ["Kari Nes", "Minister Moe"]),
        (
            "person",
            "Knut H. Johansen og Jan van der Meer B.",
            ["Knut H. Johansen", "Jan van der Meer B"],
        ),
        ("person", "Da sa Jon-Aslak: Kari", ["Jon-Aslak"]),
        ("person", "By Mayor Kari Ås, for Łukasz Nowak's cousin", ["Kari Ås", "Łukasz Nowak"]),
        (
            "person",
            "In October Rajesh Iyer met August Eriksen.",
            ["Rajesh Iyer", "August Eriksen"],
        ),
        ("person", "I Karasjok bor Prosjektet Grønn Koks", []),
        ("person", "Strong Growth Ahead Across Green Shipping Markets", []),
        ("person", "spør Anneke de Wit og Jon-Aslak Somby", ["Anneke de Wit", "Jon-Aslak Somby"]),
        (
            "contact",
            "til moss@ring.example, 995 10 002 i 2019",
            ["moss@ring.example", "995 10 002"],
        ),
        ("contact", "se www.ring.example/moss. Budsjett: 1 200 000", ["www.ring.example/moss"]),
        ("date", "møtet er i juni, klokka 13", ["juni", "klokka 13"]),
        ("number", "med 40 deltakere fra 2017", ["40 deltakere"]),
        ("number", "de første fem årene", ["fem årene"]),
        (
            "number",
            "har 2000 medlemmer, og i 2017 starter fire nye",
            ["2000 medlemmer", "fire nye"],
        ),
        ("date", "har 2000 medlemmer, og i 2017 starter fire nye", ["2017"]),
        ("number", "No one wants to offer the fire safety", []),
        ("number", "Det er ein næringsklynge med to ansatte", ["to ansatte"]),
        ("sum", "får 25 millioner kroner og NOK 2.2m", ["25 millioner kroner", "NOK 2.2m"]),
        (
            "sum",
            "Fem millioner kroner, 25 mill og 20 MNOK",
            ["Fem millioner kroner", "25 mill", "20 MNOK"],
        ),
        (
            "sum",
            "over to millionar kronar, en halv milliard",
            ["over to millionar kronar", "en halv milliard"],
        ),
        (
            "sum",
            "two hundred thousand kroner, not kroner to euro",
            ["two hundred thousand kroner"],
        ),
        (
            "number",
            "tjuefem bedrifter, atten land, fem millioner kroner",
            ["tjuefem bedrifter", "atten land"],
        ),
        (
            "sum",
            "a NOK 20 million grant, two NOK 5 million ones",
            ["NOK 20 million", "NOK 5 million"],
        ),
        ("number", "sixty-five members of eighteen", ["sixty-five members", "eighteen"]),
        ("date", "den 16. oktober 2017 og 18 June 2014", ["16. oktober 2017", "18 June 2014"]),
        ("date", "June 15 2017, October 16th, 2017", ["June 15 2017", "October 16th, 2017"]),
        (
            "date",
            "15th of September, 15. sept. og 12.10.2017",
            ["15th of September", "15. sept.", "12.10.2017"],
        ),
        (
            "date",
            "i slutten av mai kan juni 12 ganger; you may 5 times; early June",
            ["mai", "June"],
        ),
        ("date", "høsten 2020, i 2009", ["høsten 2020", "2009"]),
        ("place", "holder til i Mo i Rana og på Molde", ["Mo i Rana", "Molde"]),
        (
            "place",
            "I Molde, i Møre og Romsdal. In Arendal, in May",
            ["Molde", "Møre og Romsdal", "Arendal"],
        ),
        ("place", "skjedde i Oktober 2017", []),
        (
            "organisation",
            "eies av Innovasjon Norge, Norges Forskningsråd og SIVA.",
            ["Innovasjon Norge, Norges Forskningsråd og SIVA"],
        ),
        ("organisation", "GCE, Global Centre of Expertise, er over Arena Pro.", []),
        ("organisation", "får Arena Pro og NCE iKuben", ["Arena Pro og NCE iKuben"]),
        ("text", "Hva som helst 2017", []),
    ],
)
def test_candidates(kind: AnswerKind, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in candidates(text, kind)] == expected
