"""python -m training.export CHECKPOINT... FILE: trained weights as int8, with a checksum.

Of several checkpoints the mean of the weights is taken, which reads better than each of them where
they come from one run or from its continuation (Wortsman et al. 2022, "Model soups").
"""

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import save_file
from torch import Tensor

from index.e5s1 import SHA256
from index.reader_model import pack


def read_checkpoint(file: Path) -> dict[str, Any]:
    """What a run saved, on the processor wherever it was trained."""
    return cast("dict[str, Any]", torch.load(file, map_location="cpu", weights_only=True))


def mean_of(states: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
    """The mean of the weights that these checkpoints hold."""
    models = [state["model"] for state in states]
    return {name: torch.stack([m[name].float() for m in models]).mean(0) for name in models[0]}


def export(checkpoints: Sequence[Path], file: Path) -> str:
    """Write the mean of the weights; gives the file's checksum."""
    states = [read_checkpoint(each) for each in checkpoints]
    metadata = {"frozen": str(states[0]["settings"]["frozen"]), "encoder": SHA256}
    save_file(pack(mean_of(states)), str(file), metadata)
    file.chmod(0o644)  # safetensors lets nobody else read it
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> None:
    """Export, and say how large the file is."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+", metavar="CHECKPOINT")
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    checksum = export(given.checkpoints, given.file)
    print(f"{given.file}: {given.file.stat().st_size / 1e6:.1f} MB, {checksum}")  # noqa: T201


if __name__ == "__main__":
    main()
