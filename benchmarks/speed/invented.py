"""Documents to measure with, put together from invented sentences.

They have the length and the share of attributions of news: about 24 words a sentence, three
sentences in five with a source. Names, places and events are made up.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["invent_documents", "write_documents"]

_SOURCES = (
    "a spokesman for the provincial council",
    "the regional health directorate",
    "two drivers who had left the town at dawn",
    "the commander of the river garrison",
    "a monitoring group based in Port Selim",
    "Maren Oduya, who coordinates relief in the valley",
    "the interior ministry of the interim government",
    "residents reached by telephone",
    "the harbour workers' union",
    "a retired judge who followed the talks",
)
_PLACES = ("Torvik", "Kol Dara", "the Harun valley", "Amburo", "Lower Vesk", "Port Selim")
_DAYS = ("on Monday", "late on Tuesday", "on Friday morning", "overnight", "two days earlier")
_NUMBERS = ("four", "at least eleven", "more than 60", "several dozen", "17", "about two hundred")
_SENTENCES = (
    "Shells fell on the northern edge of {place} {day} and damaged a school, a bakery and {number}"
    " houses, {source} said.",
    "According to {source}, the convoy had left {place} {day} with {number} trucks of flour and"
    " medicine and had not been seen since.",
    "{Source} said that {number} people had been taken to the hospital in {place} {day} and that"
    " doctors there had run out of blood.",
    "“We heard the first explosion when the market opened, and after that nobody could say from"
    " which side they came,” {source} told reporters in {place} {day}.",
    "{Source} denied that its men had been anywhere near {place} {day} and called the report about"
    " {number} prisoners an invention.",
    "The road between the two towns has been closed since spring, and {number} families that live"
    " along it depend on what the relief boats bring {day}.",
    "In {place}, shops opened for a few hours {day}, and long queues formed in front of the only"
    " pharmacy that still had insulin for its {number} patients.",
    "{Source} accused the other side of moving {number} guns into the old quarter of {place} {day},"
    " a charge that its delegates rejected at once.",
    "The two sides had agreed {day} to exchange {number} prisoners at the bridge of {place}, but"
    " neither of them sent its buses.",
    "State radio quoted {source} as saying that the bridge at {place} would be repaired and that"
    " {number} engineers had arrived {day}.",
    "It was not clear {day} who had fired first, and {source} declined to say how many of the"
    " {number} wounded in {place} were civilians.",
    "{Source} warned {day} that the dam above {place} could give way within weeks unless {number}"
    " pumps were delivered.",
    "Allegedly, {number} crates of mortar rounds were unloaded in the port of {place} {day}, under"
    " the eyes of the harbour police.",
    "Rain has fallen for most of the week in {place}, where {number} tents were set up {day} on the"
    " football ground behind the mosque and the church.",
    "{Source}, who asked not to be named, believes that the ceasefire around {place} will hold"
    " until the harvest, when {number} labourers return.",
)


def invent_documents(n_documents: int, *, n_sentences: int = 20, seed: int = 0) -> Iterator[str]:
    """Make documents of paragraphs with two sentences each. The same seed makes the same ones."""
    dice = random.Random(seed)
    for _ in range(n_documents):
        sentences = [_sentence(dice) for _ in range(n_sentences)]
        pairs = [" ".join(sentences[index : index + 2]) for index in range(0, n_sentences, 2)]
        yield "\n\n".join(pairs) + "\n"


def write_documents(path: Path, texts: Iterator[str]) -> None:
    """Write JSONL that `allegata read` takes, one document a line."""
    with path.open("w", encoding="utf-8") as lines:
        for text in texts:
            record = {"text": text, "published": "2019-06-20", "language": "en"}
            lines.write(json.dumps(record) + "\n")


def _sentence(dice: random.Random) -> str:
    source = dice.choice(_SOURCES)
    return dice.choice(_SENTENCES).format(
        source=source,
        Source=source[0].upper() + source[1:],
        place=dice.choice(_PLACES),
        day=dice.choice(_DAYS),
        number=dice.choice(_NUMBERS),
    )
