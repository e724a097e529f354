"""Speed and memory against a spaCy pipeline with tagger, parser and entities, in one run.

    python -m benchmarks.peers.pipeline [--epochs 8] [--texts 100] [--runs 3]

Needs the extra `allegata[peers]` and the treebank in `../shared`. The pipeline is spaCy's own for
English on a processor (a convolutional network of width 96 and depth 4, shared by all three),
trained here on the test portion of the English Web Treebank and its layer of entities, and scored
on the dev portion so that it can be seen to have learned; its speed does not depend on how long it
was trained. Each side reads the same invented documents in a process of its own, on one thread. The
other side gives parts of speech, a tree and names; allegata gives those and the whole reading.
"""

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.peers import version_of
from benchmarks.program import SHARED
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Open = Callable[[], Callable[[Sequence[str]], object]]
"""Loads one side and gives a function that reads texts."""

_TREES = SHARED / "corpora" / "ud_ewt"
_NAMES = SHARED / "corpora" / "uner_ewt"
_PORTIONS = ("test", "dev")


def main() -> int:
    """Train, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--texts", type=int, default=100, help="documents of 20 sentences")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(describe_machine() + f", spacy {version_of('spacy')}", flush=True)
    texts = list(invent_documents(options.texts))
    n_sentences = _count_sentences(texts)
    with tempfile.TemporaryDirectory() as folder:
        scores = _train(Path(folder), options.epochs)
        print("spaCy, dev portion: " + ", ".join(f"{k} {100 * v:.1f}" for k, v in scores.items()))
        rates = {}
        sides: dict[str, Open] = {
            "spaCy: tags, tree, names": partial(_open_spacy, folder),
            "allegata: the whole reading": _open_allegata,
        }
        for name, start in sides.items():
            rates[name], peak = _measure(start, texts, n_sentences, options.runs)
            print(f"{name:30} {rates[name]:6.0f} sentences/s  {peak / 1e6:5.0f} MB", flush=True)
    theirs, ours = rates.values()
    print(f"allegata reads at {ours / theirs:.2f} of the other's rate")
    return 0


def _count_sentences(texts: Sequence[str]) -> int:
    from allegata.sentences import find_sentences

    return sum(len(find_sentences(text)) for text in texts)


# ------------------------------------------------------------------------------------------------
# Each side in a process of its own


def _open_spacy(folder: str) -> Callable[[Sequence[str]], object]:
    import spacy

    pipeline = spacy.load(folder)
    return lambda texts: [len(doc.ents) for doc in pipeline.pipe(texts)]


def _open_allegata() -> Callable[[Sequence[str]], object]:
    from allegata.documents import read_text
    from allegata.reading import Reader

    reader = Reader()
    return lambda texts: [len(reader.read(read_text(text)).claims) for text in texts]


def _measure(
    start: Open,
    texts: Sequence[str],
    n_sentences: int,
    n_runs: int,
) -> tuple[float, int]:
    """Sentences a second, the median of some runs, and the most memory that the process held."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(start, list(texts), n_runs, theirs))
    process.start()
    theirs.close()
    times, peak = ours.recv()
    process.join()
    return n_sentences / median(times), int(peak)


def _read(
    start: Open,
    texts: Sequence[str],
    n_runs: int,
    results: Connection,
) -> None:
    read = start()
    read(texts[:5])
    times = []
    for _ in range(n_runs):
        began = time.perf_counter()
        read(texts)
        times.append(time.perf_counter() - began)
    unit = 1 if sys.platform == "darwin" else 1024
    results.send((times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit))


# ------------------------------------------------------------------------------------------------
# The other side's pipeline


def _train(folder: Path, n_epochs: int) -> dict[str, float]:
    """Train a pipeline, write it into a folder, and score it on sentences it has not seen."""
    import spacy
    from spacy.util import minibatch
    from thinc.api import fix_random_seed

    fix_random_seed(1)
    pipeline = spacy.blank("en")
    width = 96
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}
    pipeline.add_pipe("tok2vec", config={"model": {**_TOK2VEC, "width": width}})
    pipeline.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}}
    )
    for name, state in (("parser", "parser"), ("ner", "ner")):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": state,
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": shared,
        }
        pipeline.add_pipe(name, config={"model": model})
    seen, unseen = (_examples(pipeline, portion) for portion in _PORTIONS)
    pipeline.initialize(lambda: seen)
    dice = random.Random(1)
    for _ in range(n_epochs):
        dice.shuffle(seen)
        for batch in minibatch(seen, 2):  # type: ignore[no-untyped-call]
            pipeline.update(batch, drop=0.1)
    pipeline.to_disk(folder)
    scores = pipeline.evaluate(unseen)
    return {"tags": scores["tag_acc"], "trees (UAS)": scores["dep_uas"], "names": scores["ents_f"]}


_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
"""spaCy's settings for speed, as `spacy init config --optimize efficiency` writes them."""


def _examples(pipeline: "Language", portion: str) -> "list[Example]":
    """Sentences of a portion with tags, heads and names, ten in a text."""
    from spacy.tokens import Doc
    from spacy.training import Example

    names = _read_columns(_NAMES / f"en_ewt-ud-{portion}.iob2")
    trees = _read_columns(_TREES / f"en_ewt-ud-{portion}.conllu")
    kept = [
        (trees[id_], names[id_])
        for id_ in sorted(trees.keys() & names.keys())
        if len(trees[id_]) == len(names[id_])
    ]
    examples = []
    for at in range(0, len(kept), 10):
        words: list[str] = []
        tags: list[str] = []
        heads: list[int] = []
        relations: list[str] = []
        entities: list[str] = []
        starts: list[bool | int | None] = []
        for tree, named in kept[at : at + 10]:
            first = len(words)
            for row, name in zip(tree, named, strict=True):
                head = int(row[6])
                words.append(row[1])
                tags.append(row[4])
                heads.append(first + head - 1 if head else len(words) - 1)
                relations.append(row[7] if head else "ROOT")
                entities.append(name[2])
                starts.append(len(words) - 1 == first)
        reference = Doc(
            pipeline.vocab, words=words, tags=tags, heads=heads, deps=relations, ents=entities,
            sent_starts=starts,
        )  # fmt: skip
        examples.append(Example(Doc(pipeline.vocab, words=words), reference))
    return examples


def _read_columns(path: Path) -> dict[str, list[list[str]]]:
    """Sentences by their ids, each a list of words, each its columns; ranges of words left out."""
    sentences: dict[str, list[list[str]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        id_ = next((line for line in block.splitlines() if line.startswith("# sent_id")), "")
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        if rows:
            sentences[id_] = [row for row in rows if row[0].isdigit()]
    return sentences


if __name__ == "__main__":
    sys.exit(main())
