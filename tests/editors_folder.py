"""The folder and the page of the examples in `knowledge/README.md`; a stand-in for the model."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fake_index import FakeEncoder

from index import calibration
from index.calibration import Calibration
from knowledge.paths import KNOWLEDGE

README = (KNOWLEDGE / "README.md").read_text("utf-8")
PATH = "/nyheter/ny-leder"
PAGE = """\
<!doctype html><html><head><meta charset="utf-8"><title>Ny leder i Tareklyngen | Kystposten</title>
<meta property="og:site_name" content="Kystposten"></head><body>
<nav><a href="/">Hjem</a> <a href="/om">Om oss</a></nav>
<main><h1>Ny leder i Tareklyngen</h1><p>Publisert 3. mars 2025</p>
<p>Liv Vik er ny daglig leder i Tareklyngen fra 1. april. Hun var fabrikksjef i Bodø.</p>
<p>Foto: Ola Li</p>
<p>Tareklyngen har 41 medlemmer langs hele kysten og holder til i Bodø.</p>
<p>Meld deg på nyhetsbrevet vårt</p></main>
<footer>Kystposten, Kaigaten 1</footer></body></html>
"""


def example(language: str, start: str) -> str:
    """The example of the page that is in this language and begins like this."""
    (found,) = re.findall(rf"^```{language}\n({re.escape(start)}.*?)^```", README, re.M | re.S)
    return str(found)


def write_folder(folder: Path) -> Path:
    """The folder, as it is where the round begins."""
    (folder / "articles").mkdir(parents=True)
    for name, text in (
        ("articles/ny-klynge-pa-stord.md", example("markdown", '---\ntitle: "')),
        ("clusters.yaml", example("yaml", "- name: ")),
        ("questions.yaml", example("yaml", "- id: ")),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def use_fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search and read as always, but with vectors that need no model, and as sure as with one."""
    read = calibration.read_calibration

    def surer(reader: str) -> Calibration:
        return replace(read(reader), answer=0.7)

    for place in ("index.encoder", "index.engine", "bot.library"):
        monkeypatch.setattr(f"{place}.load_encoder", FakeEncoder)
    monkeypatch.setattr("index.engine.read_calibration", surer)
