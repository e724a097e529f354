"""The files of the reading model: found, checked against their hashes, opened."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.pinned import MANIFEST_SHA256
from allegata.errors import WeightsError

__all__ = ["Labels", "Weights", "open_weights", "shipped"]

FORMAT = 1
_REMEDY = "Install allegata again."
NETWORK = "model.onnx"
FILES = (NETWORK, "heads.safetensors", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class Labels:
    """Label sets, in the order of the model's numbers."""

    tags: tuple[str, ...]
    upos: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    triggers: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """An opened model folder.

    Attributes:
        onnx: Path of the network.
        vocabulary: Path of the word pieces.
        heads: What is decoded outside the network, by name.
        labels: Label sets.
        calibration: Weights by which marginals become a claim's confidence.
        event_calibration: The same for events.
        episodes: Weights by which two events are taken for one.
        digest: Hash over all files: names the model in `made_by`.
        onnx_hash: SHA-256 of the network, as recorded.
    """

    onnx: Path
    vocabulary: Path
    heads: dict[str, NDArray[np.float32]]
    labels: Labels
    calibration: tuple[float, ...]
    event_calibration: tuple[float, ...]
    episodes: tuple[float, ...]
    digest: str
    onnx_hash: str

    def check_network(self) -> None:
        """Check the network against its recorded hash.

        Raises:
            WeightsError: It is absent or altered.
        """
        _check(self.onnx, self.onnx_hash)


def shipped() -> Path:
    """The folder of the model that comes with allegata."""
    return Path(__file__).parent / "weights"


def open_weights(folder: Path | None = None, *, but_network: bool = False) -> Weights:
    """Open a model folder and check every file against its recorded hash.

    Args:
        folder: The one that comes with allegata by default.
        but_network: Leave the network, by far the largest file, for `Weights.check_network`.

    Raises:
        WeightsError: A file is absent, altered, or of another format.
    """
    folder = folder or shipped()
    manifest = _read_manifest(folder)
    for name in FILES:
        if not (but_network and name == NETWORK):
            _check(folder / name, manifest.hashes.get(name, ""))
    whole = "".join(manifest.hashes.get(name, "") for name in FILES)
    return Weights(
        onnx=folder / NETWORK,
        vocabulary=folder / "vocabulary.txt",
        heads=_read_safetensors(folder / "heads.safetensors"),
        labels=manifest.labels,
        calibration=manifest.calibration,
        event_calibration=manifest.event_calibration,
        episodes=manifest.episodes,
        digest=hashlib.sha256(whole.encode()).hexdigest()[:12],
        onnx_hash=manifest.hashes.get(NETWORK, ""),
    )


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What `weights.json` says."""

    hashes: dict[str, str]
    labels: Labels
    calibration: tuple[float, ...]
    event_calibration: tuple[float, ...]
    episodes: tuple[float, ...]


def _read_manifest(folder: Path) -> _Manifest:
    path = folder / "weights.json"
    try:
        raw = path.read_bytes()
        values = json.loads(raw)
        found = values["format"]
        if found == FORMAT:
            labels = {name: tuple(numbers) for name, numbers in values["labels"].items()}
            calibration = tuple(values.get("calibration", ()))
            events = tuple(values.get("event_calibration", ()))
            episodes = tuple(values.get("episodes", ()))
            manifest = _Manifest(
                dict(values["sha256"]), Labels(**labels), calibration, events, episodes
            )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{path}: cannot be read ({error}). {_REMEDY}") from error
    if found != FORMAT:
        raise WeightsError(f"{path}: format {found}, this version reads {FORMAT}. {_REMEDY}")
    if folder == shipped() and hashlib.sha256(raw).hexdigest() != MANIFEST_SHA256:
        raise WeightsError(f"{path}: not the one this version was made with. {_REMEDY}")
    return manifest


def _check(path: Path, wanted: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error}). {_REMEDY}") from error
    if found != wanted:
        raise WeightsError(
            f"{path}: altered (SHA-256 {found[:12]}…, recorded {wanted[:12]}…). {_REMEDY}"
        )


def _read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{path}: not a safetensors file ({error}). {_REMEDY}") from error
