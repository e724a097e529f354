"""By what readings are made: code, weights, knowledge and settings, as hashes."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from allegata.encoder.weights import open_weights
from allegata.errors import KnowledgeError
from allegata.knowledge.tables import DATA
from allegata.ledger.writing import Run
from allegata.reading import UsersKnowledge

__all__ = ["identify_run"]


def identify_run(weights: Path | None, knowledge: UsersKnowledge, settings: str = "{}") -> Run:
    """Name what a reader would read by, without opening one.

    Args:
        weights: A folder of weights, those that come with allegata by default.
        knowledge: The user's own files.
        settings: What else a reading depends on, as canonical JSON.

    Returns:
        The same for the same code, files and settings, wherever the files lie.

    Raises:
        WeightsError: The weights are absent or altered.
        KnowledgeError: A file of the knowledge cannot be read.
    """
    model = open_weights(weights, but_network=True)
    return Run(_version(), model.digest, digest_knowledge(knowledge), settings)


def digest_knowledge(knowledge: UsersKnowledge) -> str:
    """Hash the compiled tables, the gazetteer and the user's own files.

    Args:
        knowledge: Its files count in their order, which decides whose entries win.

    Raises:
        KnowledgeError: A file cannot be read.
    """
    ours = sorted(path for path in DATA.iterdir() if path.suffix in (".json", ".sqlite"))
    digest = hashlib.sha256()
    for path in ours:
        _add(digest, path.name, path)
    for sort, paths in (("gazetteer", knowledge.gazetteers), ("actors", knowledge.actors)):
        for path in paths:
            _add(digest, sort, path)
    return digest.hexdigest()[:24]


def _add(digest: "hashlib._Hash", name: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror or error}.") from error
    digest.update(f"{name}\0{content}\n".encode())


def _version() -> str:
    try:
        return version("allegata")
    except PackageNotFoundError:
        return "unknown"
