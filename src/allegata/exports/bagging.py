"""An evidence package: what is alleged, with the texts it rests on, as a BagIt bag (RFC 8493)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from allegata.exports.ground import Ground
from allegata.incidents.dossier import Dossier
from allegata.incidents.plain import plain_dossier
from allegata.ledger.signing import sign

__all__ = ["BAG_LOSES", "make_bag"]

BAG_LOSES = (
    "Texts are those that were read; the bytes as they were fetched stay in the ledger.",
    "A bag shows that nothing in it was changed since it was made, not that the ledger was whole:"
    " compare its head with one that was signed.",
)
_BAG = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"


def make_bag(
    dossiers: Iterable[Dossier], ground: Ground, key: Path | None
) -> tuple[dict[str, bytes], int]:
    """The files of a bag: dossiers, texts and readings of their reports, and the manifests.

    Args:
        dossiers: Of the incidents.
        ground: The ledger's head and its reports.
        key: An SSH key that signs the manifest, or None.

    Returns:
        Contents by path, and how many dossiers there are.

    Raises:
        InputError: The key cannot sign.
    """
    payload: dict[str, bytes] = {}
    reports: set[str] = set()
    n_dossiers = 0
    for dossier in dossiers:
        n_dossiers += 1
        payload[f"data/incidents/{dossier.id}.json"] = _json(plain_dossier(dossier))
        reports |= {one.by.report for one in dossier.statements}
    for report in sorted(reports):
        reading = ground.read(report)
        if reading is None:
            continue
        text = reading.document.text
        payload[f"data/reports/{report}.txt"] = text.encode("utf-8", "surrogatepass")
        payload[f"data/reports/{report}.json"] = reading.to_json().encode() + b"\n"
    size = sum(map(len, payload.values()))
    tags = {
        "bagit.txt": _BAG.encode(),
        "bag-info.txt": (
            f"External-Description: What sources allege of {n_dossiers} incidents\n"
            f"Payload-Oxum: {size}.{len(payload)}\n"
            f"Allegata-Ledger-Head: {ground.head}\n"
        ).encode(),
        _MANIFEST: _manifest(payload),
    }
    if key is not None:
        tags[f"{_MANIFEST}.sig"] = sign(tags[_MANIFEST], key)
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    return {**payload, **tags}, n_dossiers


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
