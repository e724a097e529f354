"""The weights that ship: whole, altered, absent."""

import json
import shutil

import pytest

from allegata.encoder import Encoder
from allegata.encoder.weights import FILES, NETWORK, open_weights, shipped
from allegata.errors import WeightsError
from allegata.types import Span


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(shipped(), tmp_path / "weights")


def test_the_shipped_weights_open():
    weights = open_weights()
    assert weights.labels.tags[0] == "O"
    assert len(weights.calibration) == 5


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_is_refused(folder, name):
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(WeightsError, match=rf"{name}: altered"):
        open_weights(folder)


@pytest.mark.parametrize("name", [*FILES, "weights.json"])
def test_an_absent_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=name):
        open_weights(folder)


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"x"), lambda path: path.unlink()])
def test_an_encoder_refuses_a_spoilt_network(folder, spoil):
    """It is checked beside what else is opened, and never used unchecked."""
    spoil(folder / NETWORK)
    encoder = Encoder.open(folder)
    with pytest.raises(WeightsError, match=NETWORK):
        encoder.wait()
    with pytest.raises(WeightsError, match=NETWORK):
        encoder.read("It rained.", [Span(0, 10)])


def test_a_newer_format_is_refused(folder):
    manifest = json.loads((folder / "weights.json").read_text())
    (folder / "weights.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(WeightsError, match="format 99"):
        open_weights(folder)


def test_a_pickle_by_another_name_is_refused(folder):
    import hashlib
    import pickle

    path = folder / "heads.safetensors"
    path.write_bytes(pickle.dumps({"chain.start": [0.0]}))
    manifest = json.loads((folder / "weights.json").read_text())
    manifest["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "weights.json").write_text(json.dumps(manifest))
    with pytest.raises(WeightsError, match="not a safetensors file"):
        open_weights(folder)


def test_reading_the_same_text_twice_is_the_same():
    encoder = Encoder.open()
    text = "The bridge was mined, the army said. Nobody was hurt."
    from allegata.sentences import find_sentences

    first, second = (encoder.read(text, find_sentences(text)) for _ in range(2))
    assert [(m.role, m.span) for m in first.marks] == [(m.role, m.span) for m in second.marks]
    assert first.upos == second.upos
    assert [s.tree for s in first.sentences] == [s.tree for s in second.sentences]


def test_a_sentence_without_end_is_read_in_pieces():
    encoder = Encoder.open()
    text = "said that the army " * 2000
    analysis = encoder.read(text, [Span(0, len(text.rstrip()))])
    assert len(analysis.words) == 8000
    assert encoder.read("", []).words == ()
