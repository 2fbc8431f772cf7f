"""Values out as YAML in the style of the content's files, for `strict_yaml` to read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value] | OneLine"

_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class OneLine:
    """A list or mapping that stands on its key's line: {level: NCE, from: 2017}."""

    value: Value


class _Indenting(yaml.dumper.BaseDumper):
    """Sets lists further in than their key, and double quotes where the syntax needs any."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        # Within single ones a line separator would come back as a space.
        return str(super().choose_scalar_style()).replace("'", '"')


def yaml_text(value: Value) -> str:
    """The value in YAML, one key or list item a line, ending in a line end."""
    node = _node(value)
    return str(yaml.serialize(node, Dumper=_Indenting, allow_unicode=True, width=float("inf")))


def _node(value: Value, is_one_line: bool = False) -> Node:
    if isinstance(value, OneLine):
        return _node(value.value, is_one_line=True)
    if isinstance(value, str):
        return ScalarNode(f"{_TAG}str", value)
    if isinstance(value, Mapping):
        pairs = [(_node(key), _node(held)) for key, held in value.items()]
        return MappingNode(f"{_TAG}map", pairs, flow_style=is_one_line)
    return SequenceNode(f"{_TAG}seq", [*map(_node, value)], flow_style=is_one_line)
