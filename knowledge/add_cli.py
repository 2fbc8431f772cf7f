"""The editors' commands that make articles: `add` and `new`."""

import argparse
import sys
from datetime import date

from knowledge.articles import LANGUAGES, slug
from knowledge.asking import ask, ask_until
from knowledge.commands import Commands, add_command, add_yes
from knowledge.problems import shown
from knowledge.writing import create
from knowledge.yaml_text import yaml_text

_ADD = """\
Henter sider og leser filer (nettside, PDF, Word, ren tekst, Markdown), viser hva hver av dem
blir som artikkel, og lagrer den hvis du sier ja. Er adressen en nyhetsstrøm (RSS, Atom) eller
et nettstedskart (sitemap), velger du hvilke sider i den som skal med.

Fetches pages and reads files (web page, PDF, Word, plain text, Markdown), shows what each
becomes as an article, and saves it if you say yes. Where the address is a feed (RSS, Atom)
or a sitemap, you choose which of its pages to take."""

_ADD_EXAMPLES = """\
eksempler / examples:
  klyngesvar add https://www.example.no/nyheter/ny-klynge
  klyngesvar add rapport.pdf --publisher Klyngeposten --published 2024-05
  klyngesvar add https://www.example.no/feed --since 2024-01-01 --match klynge
  klyngesvar add https://www.example.no/feed --yes
"""

_NEW = """\
Begynner en artikkel som du skriver selv: en fil med hodet på plass. Mens den er tom, sier
«klyngesvar check» hva som gjenstår.

Starts an article that you write yourself: a file with its header in place. While it is
empty, "klyngesvar check" tells what is left to do."""

_NEW_EXAMPLES = """\
eksempler / examples:
  klyngesvar new
  klyngesvar new --title "Ny klynge på Stord" --publisher Klyngeposten --language nb
"""

_NEXT = """\
Skriv teksten under den siste linjen med ---, fyll ut eller slett linjene uten verdi, og kjør
    klyngesvar check
Write the text below the last line of ---, fill in or delete the lines without a value, and run
    klyngesvar check"""


def add_commands(commands: Commands) -> None:
    """Add `add` and `new` to the program's commands."""
    _add_add(commands)
    _add_new(commands)


def _add_add(commands: Commands) -> None:
    summary = "lag artikler av sider og filer / make articles of pages and files"
    command = add_command(commands, "add", summary, _ADD, _ADD_EXAMPLES)
    command.add_argument("places", nargs="+", metavar="ADDRESS|FILE")
    command.add_argument("--title", help="tittelen / the title")
    command.add_argument("--publisher", help="hvem som har gitt teksten ut / who published it")
    command.add_argument(
        "--published",
        metavar="DATE",
        help="når, som 2024-05-14, 2024-05 eller 2024 / when, written like this",
    )
    command.add_argument(
        "--since",
        metavar="DAY",
        type=_day,
        help="bare det i strømmen fra denne dagen av / of a feed, only what is from this day on",
    )
    command.add_argument(
        "--match",
        metavar="TEXT",
        help="bare det i strømmen som har denne teksten / of a feed, only what has this text",
    )
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="hent også fra ditt eget nett / fetch from your own network too",
    )
    add_yes(command)
    command.set_defaults(run=add)


def _add_new(commands: Commands) -> None:
    summary = "begynn på en artikkel / start an article by hand"
    command = add_command(commands, "new", summary, _NEW, _NEW_EXAMPLES)
    command.add_argument("--title", help="tittelen / the title")
    command.add_argument("--publisher", help="hvem som gir teksten ut / who publishes it")
    command.add_argument("--language", choices=LANGUAGES, help="språket / the language")
    command.set_defaults(run=new)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"«{text}» er ingen dag: skriv den slik: 2024-01-01 / is no day: write it like this"
        ) from None


def add(args: argparse.Namespace) -> int:
    """Offer the articles of each place; 1 when one could not be saved though nobody said no."""
    # Reading pages and finding names is heavy to import, and `--help` has no use for it.
    from knowledge.intake import Intake, Options, for_one_article

    if len(args.places) > 1 and (args.title or args.published):
        raise for_one_article()
    options = Options(
        title=args.title,
        publisher=args.publisher,
        published=args.published,
        since=args.since,
        match=args.match,
        yes=args.yes,
        allow_private=args.allow_private,
    )
    intake = Intake(args.knowledge, options)
    for place in args.places:
        intake.take(place)
    if intake.saved + intake.failed > 1:
        sys.stdout.write(f"\nlagret / saved: {intake.saved}, feil / failed: {intake.failed}\n")
    return 1 if intake.failed else 0


def new(args: argparse.Namespace) -> int:
    """Write a file that has only a header, and say what comes next."""
    title = args.title or ask("Tittel / title", "--title")
    header = {
        "title": title,
        "publisher": args.publisher or ask("Utgiver / publisher", "--publisher"),
        "url": "",
        "published": "",
        "language": args.language or _language(),
    }
    file = args.knowledge / "articles" / f"{slug(title)}.md"
    create(file, f"---\n{yaml_text(header)}---\n")
    sys.stdout.write(f"lagret / saved: {shown(file)}\n{_NEXT}\n")
    return 0


def _language() -> str:
    label = f"Språk / language ({', '.join(LANGUAGES)})"
    return ask_until(label, lambda typed: typed if typed in LANGUAGES else None, "--language")
