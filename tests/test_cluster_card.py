from dataclasses import replace

import pytest
from fake_register import ACT, ARTICLES, IKUBEN, make
from telegram_standin import read_html

from bot.cluster_card import cluster_card, departure_note
from bot.texts import TEXTS, load_texts
from index.departures import Departure
from knowledge.articles import Language
from knowledge.register import Cluster, Leader

TEXTS_IN = load_texts(TEXTS)
NB, NN, EN = TEXTS_IN["nb"], TEXTS_IN["nn"], TEXTS_IN["en"]


def test_a_card_holds_all_that_the_register_does() -> None:
    seen = read_html(cluster_card(IKUBEN, (), NB).html)
    assert (
        seen.plain
        == """\
NCE iKuben
Fra registeret, ikke et sitat. Årstallene sier hva kildene viser, ikke hva som gjelder i dag.

Andre navn: iKuben
Tidligere navn: Arena <Kuben>
Nivå: Arena 2012–2017 · NCE fra 2017
Sted: Molde, Møre og Romsdal
Fagområde: omstilling & innovasjon
Stiftet: 2009
Nettsted: ikuben.no
Roller:
– Hilde Aspås, daglig leder 2012–2021, omtalt 2015–2021
– Birger Holo, styreleder, per 2021
– Kari Ås, prosjektleder, per 2020, omtalt 2018–2020
– Ola Li, klyngeleder fra 2021, omtalt 2022
– Gro Hei, nestleder, udatert
Medlemmer:
– 46 bedrifter (oktober 2017)
– 12 til 40 (2014–2017)
Merknad: Het før bare iKuben.

Kilder: ikuben.no · smp.no"""
    )
    assert seen.links == (
        ("ikuben.no", "https://ikuben.no"),
        ("ikuben.no", "https://www.ikuben.no/om?a=1&b=2"),
        ("smp.no", "https://smp.no/nyheter"),
    )


def test_what_the_register_does_not_hold_is_left_out() -> None:
    assert (
        read_html(cluster_card(ACT, (), EN).html).plain
        == """\
Arctic Cluster Team
From the register (in Norwegian), not a quote. The years tell what the sources show, not what \
is true today.

Other names: ACT
Levels: Arena 2017–2020 · Arena Pro
Place: Nordland (Helgeland)

Sources: act.no"""
    )
    bare = cluster_card(Cluster("Tang", (), ()), (), NN).html
    assert bare == f"<b>Tang</b>\n<i>{NN.cluster_facts}</i>"


def test_its_articles_are_buttons() -> None:
    rows = cluster_card(IKUBEN, make().articles["NCE iKuben"], NB).buttons
    assert [[(button.text, button.url) for button in row] for row in rows] == [
        [("Nytt (2018)", "https://avisa.no/ofte")],
        [("iKuben er ti år (2009)", "https://avisa.no/gammel")],
        [("Om NCE iKuben (udatert)", "https://avisa.no/udatert")],
    ]


def test_a_long_title_is_cut_between_words() -> None:
    long = replace(ARTICLES[0], title="ord " * 50)
    [[button]] = cluster_card(IKUBEN, (long,), NB).buttons
    assert button.text == "ord " * 14 + "… (2009)"


@pytest.mark.parametrize("words", ["🚀 & < ", "🚀🚀🚀🚀🚀🚀🚀🚀🚀 ", "klyngeord "])
def test_a_card_fits_in_one_message_however_much_the_register_holds(words: str) -> None:
    long = words * 500
    huge = Cluster(
        long,
        tuple(f"{long}{number}" for number in range(50)),
        (),
        theme=long,
        leaders=tuple(Leader(f"{number} {long}", long, 2010, 2020) for number in range(90)),
        notes=long,
        sources=tuple(f"https://{'lang' * 12}{number}.no/{'x' * 500}" for number in range(30)),
    )
    seen = read_html(cluster_card(huge, (), EN).html)
    assert 2200 < len(seen.plain.encode("utf-16-le")) // 2 <= 4096
    assert "\n…\n" in seen.plain
    assert seen.plain.endswith("19.no · and 10 more")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Ifølge registeret var Hilde Aspås daglig leder 2012–2021 (kilde)"),
        ("nn", "Ifølgje registeret var Hilde Aspås daglig leder 2012–2021 (kjelde)"),
        ("en", "According to the register, Hilde Aspås was “daglig leder” 2012–2021 (source)"),
    ],
)
def test_who_has_left_is_a_line_with_its_source(language: Language, said: str) -> None:
    left = Departure("Hilde Aspås", "daglig leder", 2012, 2021, "https://ikuben.no/?a&b")
    seen = read_html(departure_note(left, TEXTS_IN[language]))
    assert (seen.plain, seen.links[0][1]) == (said, "https://ikuben.no/?a&b")


def test_who_has_left_without_a_beginning_or_a_source() -> None:
    left = Departure("A & B", "leder " * 100, None, 2021, None)
    seen = read_html(departure_note(left, NB))
    assert seen.plain == f"Ifølge registeret var A & B {'leder ' * 16}… til 2021 (kilde)"
    assert seen.links == ()
