"""List the licences of everything that runs, and fail on one that is not permissive.

Only what `allegata` needs at run time counts; tools for tests and training are the developer's own
business.
"""

import re
import sys
from importlib.metadata import Distribution

from closure import installed_closure

# What may run beside Apache-2.0 code without a condition on that code. MPL and LGPL bind only
# changes to the files they cover; they are named here package by package, so that a new one is a
# decision and not an accident.
PERMISSIVE = re.compile(
    r"0BSD|Apache|BSD|CC0|CNRI|ISC|MIT|PSF|Python Software Foundation|Unlicense|Zlib|Public Domain",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"GPL|General Public|MPL|Mozilla|EUPL|CDDL|\bEPL\b|SSPL", re.IGNORECASE)
BY_FILE = {
    "certifi": "MPL-2.0: a list of certificates, used unchanged",
    "tqdm": "MPL-2.0 for some files, used unchanged",
    "tld": "MPL-1.1 is the licence chosen of the three it offers; used unchanged",
}


def main() -> int:
    """Print one line for each distribution. Returns the exit status."""
    wrong = 0
    for dist in installed_closure("allegata"):
        licence = licence_of(dist)
        verdict = judge(dist.name.lower(), licence)
        wrong += verdict.startswith("NOT")
        print(f"{dist.name:24} {dist.version:18} {licence[:60]:60} {verdict}".rstrip())
    if wrong:
        print(f"{wrong} licences need a decision: see tools/licences.py", file=sys.stderr)
    return 1 if wrong else 0


def judge(name: str, licence: str) -> str:
    """Empty for a permissive licence, a reason for an exception, `NOT ...` for anything else."""
    if name in BY_FILE:
        return BY_FILE[name]
    if COPYLEFT.search(licence):
        return "NOT permissive"
    return "" if PERMISSIVE.search(licence) else "NOT known"


def licence_of(dist: Distribution) -> str:
    """What a distribution says of its licence: expression, else first line, else classifiers."""
    for field in ("License-Expression", "License"):
        lines = [str(text).strip().split("\n")[0] for text in dist.metadata.get_all(field, [])]
        if lines and lines[0].upper() != "UNKNOWN":
            return lines[0]
    classifiers = dist.metadata.get_all("Classifier", [])
    found = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License ::")]
    return ", ".join(found) or "none stated"


if __name__ == "__main__":
    sys.exit(main())
