from dataclasses import replace
from pathlib import Path

from test_drafts import DRAFT

from knowledge.articles import Article
from knowledge.copies import Copy
from knowledge.preview import preview

OTHER = Article("gammel", "Gammel", "Avisa", None, None, "nb", "Tekst.\n")


def test_all_that_an_editor_should_know_is_shown() -> None:
    draft = replace(
        DRAFT,
        body="".join(f"Avsnitt {number}. {'ord ' * 40}\n\n" for number in range(5)),
        clusters=("NCE iKuben", "GCE NODE"),
        dropped=("Del", "Hopp til innhold"),
    )
    begun = "ord " * 19 + "..."
    assert preview(draft, Path("articles")) == (
        "fil / file            articles/ny-klynge-gronn-skipsfart-pa-stord-1.md\n"
        "tittel / title        Ny klynge: grønn skipsfart på Stord #1\n"
        "utgiver / publisher   Klyngeposten\n"
        "språk / language      nb\n"
        "adresse / address     https://www.example.no/ny\n"
        "dato / published      2024-05-14 («Publisert 14. mai 2024» i teksten / in the text)\n"
        "klynger / clusters    NCE iKuben, GCE NODE\n"
        "utelatt / left out    2 linjer / lines: Del | Hopp til innhold\n"
        "\n"
        f"  Avsnitt 0. {begun}\n"
        f"  Avsnitt 1. {begun}\n"
        f"  Avsnitt 2. {begun}\n"
        "  ...\n"
    )


def test_nothing_known_is_a_dash_and_a_warning() -> None:
    draft = replace(DRAFT, url=None, published=None, evidence=None, body="Kort.\n")
    shown = preview(draft, Path("articles"))
    assert (
        "adresse / address     –\ndato / published      –\nklynger / clusters    –\n"
        "utelatt / left out    –\n\n  Kort.\n\n"
        "! ingen dato: svarene kan ikke si hvor gammel teksten er; gi den med --published\n"
        "    no date: answers cannot tell how old the text is; give it with --published\n"
    ) in shown


def test_a_date_of_the_editor_needs_no_evidence() -> None:
    shown = preview(replace(DRAFT, evidence=None), Path("articles"))
    assert "dato / published      2024-05-14\n" in shown
    assert "!" not in shown


def test_what_to_look_at_once_more() -> None:
    draft = replace(
        DRAFT,
        share=0.12,
        unregistered=("NCE Tang", "Rurklyngen"),
        copies=(Copy(OTHER, 0.874, ("+ Ny setning.", "- Gammel setning.")),),
    )
    assert preview(draft, Path("articles")).partition("Stord.\n\n")[2] == (
        "! bare 12 % av teksten på siden er med: er den en artikkel?\n"
        "    only 12 % of the page's text is in it: is it an article?\n"
        "! ligner klyngenavn, men står ikke i registeret: NCE Tang, Rurklyngen\n"
        "    look like names of clusters, but are not in the register\n"
        "    (klyngesvar cluster add)\n"
        "! 87 % likt gammel.md: er det den samme teksten? (+ bare her, - bare der)\n"
        "    87 % alike gammel.md: is it the same text? (+ only here, - only there)\n"
        "    + Ny setning.\n"
        "    - Gammel setning.\n"
    )
