"""Pin the weights that lie in the package: `python -m training.pin`.

Writes the hash of their manifest into `allegata/encoder/pinned.py`, so that no file of them can be
changed unnoticed.
"""

import hashlib
import re

from allegata.encoder import pinned
from allegata.encoder.weights import shipped


def main() -> None:
    """Write the hash."""
    digest = hashlib.sha256((shipped() / "weights.json").read_bytes()).hexdigest()
    with open(pinned.__file__, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    with open(pinned.__file__, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(re.sub(r'(MANIFEST_SHA256 = )"[0-9a-f]*"', rf'\1"{digest}"', text))
    print(digest)


if __name__ == "__main__":
    main()
