"""Write the list of all that an installation is made of, as CycloneDX: `make sbom`.

Every distribution that `allegata` needs to run, with its version and licence as it states it; the
weights of the reading model and the vendored data by their SHA-256. Checked against the schema of
CycloneDX before it is written; it holds no time and no path, so the same versions give the same
bytes.
"""

import hashlib
import re
import sys
import uuid
from importlib.metadata import Distribution, version
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot5
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from closure import installed_closure
from licences import licence_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "allegata"
DATA = {
    "reading model": ("encoder/weights/model.onnx", "encoder/weights/heads.safetensors"),
    "vocabulary": ("encoder/weights/vocabulary.txt",),
    "land (Natural Earth)": ("web/static/vendor/land.json",),
}


def main() -> int:
    """Write build/sbom.cdx.json, or the file that is named. Returns the exit status."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "sbom.cdx.json"
    words = make_bom()
    faults = JsonStrictValidator(SchemaVersion.V1_5).validate_str(words)
    if faults:
        print(f"not CycloneDX 1.5: {faults}", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words + "\n", encoding="utf-8")
    print(path)
    return 0


def make_bom() -> str:
    """The list as JSON."""
    bom = Bom()
    own = Component(
        name="allegata",
        version=version("allegata"),
        type=ComponentType.APPLICATION,
        bom_ref="allegata",
    )
    bom.metadata.component = own
    bom.metadata.timestamp = None  # type: ignore[assignment]
    parts = [_of_distribution(dist) for dist in installed_closure("allegata")]
    parts += [_of_file(name, PACKAGE / place) for name, places in DATA.items() for place in places]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(own, parts)
    told = " ".join(
        sorted(f"{part.bom_ref.value} {[one.content for one in part.hashes]}" for part in parts)
    )
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, told)
    words = JsonV1Dot5(bom).output_as_string(indent=1)
    return re.sub(r',?\s*"timestamp": "[^"]*"', "", words)


def _of_distribution(dist: Distribution) -> Component:
    name = re.sub(r"[-_.]+", "-", dist.name).lower()
    return Component(
        name=name,
        version=dist.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", name=name, version=dist.version),
        bom_ref=f"{name}=={dist.version}",
        licenses=[DisjunctiveLicense(name=licence_of(dist)[:200])],
    )


def _of_file(name: str, path: Path) -> Component:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Component(
        name=f"{name}: {path.name}",
        type=ComponentType.DATA,
        bom_ref=str(path.relative_to(PACKAGE)),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


if __name__ == "__main__":
    sys.exit(main())
