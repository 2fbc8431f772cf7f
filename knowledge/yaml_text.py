"""Values out as YAML in the style of the content's files, for `strict_yaml` to read back."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

_TAG = "tag:yaml.org,2002:"


class _Indenting(yaml.dumper.BaseDumper):
    """Puts quotes only where the syntax needs them, and lists further in than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def yaml_text(value: Value) -> str:
    """The value in YAML, one key or list item a line, ending in a line end."""
    written = yaml.serialize(
        _node(value), Dumper=_Indenting, allow_unicode=True, width=float("inf")
    )
    # An empty value ends in a space that an editor would not type.
    return "".join(f"{line.rstrip(' ')}\n" for line in str(written).splitlines())


def _node(value: Value, depth: int = 0) -> Node:
    if isinstance(value, str):
        return ScalarNode(f"{_TAG}str", value)
    if isinstance(value, Mapping):
        pairs = [(_node(key), _node(held, depth + 1)) for key, held in value.items()]
        return MappingNode(f"{_TAG}map", pairs, flow_style=depth > 1)  # {level: NCE, from: 2017}
    return SequenceNode(f"{_TAG}seq", [_node(held, depth + 1) for held in value], flow_style=False)
