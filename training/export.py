"""python -m training.export CHECKPOINT... FILE: trained weights as int8, with a checksum.

Of several checkpoints the mean of the weights is taken, which reads better than each of them where
they come from one run or from its continuation (Wortsman et al. 2022, "Model soups").
"""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file

from index.e5s1 import SHA256
from index.reader_model import pack


def export(checkpoints: Sequence[Path], file: Path) -> str:
    """Write the weights and `FILE.sha256`; gives the checksum."""
    states = [torch.load(each, map_location="cpu", weights_only=True) for each in checkpoints]
    mean = {
        name: torch.stack([state["model"][name].float() for state in states]).mean(0)
        for name in states[0]["model"]
    }
    metadata = {"frozen": str(states[0]["settings"]["frozen"]), "encoder": SHA256}
    save_file(pack(mean), str(file), metadata)
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    file.with_name(f"{file.name}.sha256").write_text(f"{checksum}  {file.name}\n", "utf-8")
    return checksum


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
