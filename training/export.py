"""python -m training.export CHECKPOINT FILE: trained weights as int8, with a checksum."""

import argparse
import hashlib
from pathlib import Path

import torch
from safetensors.torch import save_file

from index.e5s1 import SHA256
from index.reader_model import pack


def export(checkpoint: Path, file: Path) -> str:
    """Write the weights and `FILE.sha256`; gives the checksum."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    metadata = {"frozen": str(state["settings"]["frozen"]), "encoder": SHA256}
    save_file(pack(state["model"]), str(file), metadata)
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    file.with_name(f"{file.name}.sha256").write_text(f"{checksum}  {file.name}\n", "utf-8")
    return checksum


def main() -> None:
    """Export, and say how large the file is."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    checksum = export(given.checkpoint, given.file)
    print(f"{given.file}: {given.file.stat().st_size / 1e6:.1f} MB, {checksum}")  # noqa: T201


if __name__ == "__main__":
    main()
