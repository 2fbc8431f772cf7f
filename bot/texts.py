"""The bot's own words: `texts.yaml` in, one `Texts` for each language out."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from yaml.nodes import Node

from knowledge.articles import LANGUAGES, Language
from knowledge.strict_yaml import Sheet, fields, open_sheet, scalar

TEXTS = Path(__file__).with_name("texts.yaml")


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text in one language; texts.yaml must hold exactly these."""

    start: str
    help: str
    about: str
    new: str
    ask_hint: str
    too_long: str
    not_text: str
    maybe: str
    none: str
    suggest: str
    gone: str
    error: str
    busy: str
    too_fast: str
    source: str
    older: str
    conflicts: str
    agreeing_source: str
    older_source: str
    conflicting_source: str
    more: str
    context: str
    quote_alone: str
    share: str
    copy_link: str
    old: str
    numbers: str
    greetings: str
    greeted: str
    how_are_you: str
    well: str
    thanks: str
    thanked: str
    sticker: str
    picture: str
    voice: str
    forwarded: str
    undated: str
    day: str
    months: str
    inline_example: str
    inline_hint: str
    inline_how: str
    inline_none: str
    inline_maybe: str
    inline_name: str
    inline_ask: str
    inline_chat: str
    guest_hint: str
    menu_ask: str
    menu_new: str
    menu_help: str
    menu_about: str
    menu_start: str
    vote_why: str
    vote_wrong: str
    vote_source: str
    vote_old: str
    vote_unclear: str
    vote_thanks: str
    language_ask: str
    language_nb: str
    language_nn: str
    language_en: str
    language_by_question: str
    language_set: str
    language_unset: str
    privacy: str
    forgotten: str
    outside: str
    stats: str
    stats_period: str
    stats_hour: str
    stats_empty: str
    status: str
    version: str
    status_stuck: str
    rollback_none: str
    rollback_ask: str
    rollback_yes: str
    rollback_done: str
    rollback_changed: str
    rollback_busy: str
    rollback_failed: str
    uptime: str
    unanswered: str
    unanswered_none: str
    reason_none: str
    reason_maybe: str
    menu_language: str
    menu_privacy: str
    menu_forget: str
    menu_stats: str
    menu_status: str
    menu_rollback: str
    menu_unanswered: str
    left: str
    left_source: str
    cluster_facts: str
    cluster_names: str
    cluster_earlier: str
    cluster_levels: str
    cluster_place: str
    cluster_theme: str
    cluster_founded: str
    cluster_website: str
    cluster_people: str
    cluster_members: str
    cluster_notes: str
    cluster_sources: str
    more_sources: str
    since: str
    until: str
    seen: str
    as_of: str
    cluster_hint: str
    cluster_unknown: str
    clusters_start: str
    clusters_none: str
    clusters_by_region: str
    clusters_by_level: str
    clusters_regions: str
    clusters_levels: str
    clusters_unknown: str
    clusters_gone: str
    page: str
    previous: str
    following: str
    back: str
    menu_cluster: str
    menu_clusters: str
    draft_reading: str
    draft_too_large: str
    draft_lost: str
    draft_private: str
    draft_present: str
    draft_missing: str
    draft_facts: str
    draft_in_metadata: str
    draft_in_text: str
    draft_in_address: str
    draft_twice: str
    draft_undated: str
    draft_few: str
    draft_unregistered: str
    draft_copy: str
    draft_answers: str
    draft_answers_nothing: str
    draft_publish: str
    draft_title: str
    draft_publisher: str
    draft_date: str
    draft_discard: str
    draft_ask_title: str
    draft_ask_publisher: str
    draft_ask_date: str
    draft_changed: str
    draft_no_date: str
    draft_one_line: str
    draft_gone: str
    draft_not_yours: str
    draft_discarded: str
    draft_publishing: str
    draft_published: str
    draft_worse: str
    draft_busy: str


def load_texts(file: Path) -> Mapping[Language, Texts]:
    """Read all texts; one that is unknown, missing or filled in differently is a ContentError."""
    names = tuple(field.name for field in dataclasses.fields(Texts))
    sheet, top = open_sheet(file)
    nodes = fields(sheet, top, 1, names, ())
    table = {name: _translations(sheet, name, node) for name, node in nodes.items()}
    sheet.finish()
    return {
        language: Texts(**{name: table[name][language] for name in names})
        for language in LANGUAGES
    }


def _translations(sheet: Sheet, name: str, node: Node) -> dict[str, str]:
    nodes = fields(sheet, node, node, LANGUAGES, ())
    texts = {language: scalar(sheet, text, language) or "" for language, text in nodes.items()}
    if len({frozenset(_placeholders(text)) for text in texts.values()}) > 1:
        sheet.note(
            node,
            f"«{name}» har ikke de samme {{feltene}} på alle språk: skriv de samme",
            f'"{name}" does not have the same {{placeholders}} in every language: make them equal',
        )
    return texts


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
