"""WordPress's REST interface: one page or post as JSON in, its lines out."""

import json
import re
from typing import Any

from knowledge.material import Line, Material, Stated, clean
from knowledge.page import parse, visible_lines

# Page builders' marks are names with an underscore or hyphen, or have attributes, or are closed;
# "[sic]" and "[1]" are words of the text.
_SHORTCODE = re.compile(
    r"\[/[a-z][\w-]*\]|\[[a-z]+[_-][\w-]*(?:\s[^\]]*)?/?\]|\[[a-z][\w-]*(?:\s+[\w-]+=[^\]]*)/?\]"
    r"|\[(?:gallery|caption|embed|audio|video|playlist)\]",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"row|col|section|text|block|image|head|title|caption|gallery|tab|list", re.I)


def read_post(text: str) -> dict[str, Any] | None:
    """The page or post of WordPress that a text is, alone or as the one result of a search."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    post = value[0] if isinstance(value, list) and len(value) == 1 else value
    return post if isinstance(post, dict) and _rendered(post, "content") else None


def read_wordpress(post: dict[str, Any]) -> Material:
    """A post's lines; its `date` is when it was published, `modified` is not looked at."""
    content = _SHORTCODE.sub(_break, _rendered(post, "content") or "")
    lines = tuple(_words(content))
    title = " ".join(line.text for line in _words(_rendered(post, "title") or ""))
    day = post.get("date")
    return Material(
        lines,
        title or (lines[0].text if lines else ""),
        url=clean(str(post.get("link") or "")) or None,
        stated=(Stated(str(day), f"date: {day}"),) if day else (),
    )


def _break(shortcode: re.Match[str]) -> str:
    """Marks of blocks end a line; others, such as a highlight's, stand within a sentence."""
    return "<br>" if _BLOCK.search(shortcode[0]) else ""


def _words(html: str) -> list[Line]:
    return visible_lines(parse(html))


def _rendered(post: dict[str, Any], name: str) -> str | None:
    field = post.get(name)
    rendered = field.get("rendered") if isinstance(field, dict) else None
    return rendered if isinstance(rendered, str) else None
