"""The commands that keep a ledger in order: verify, quarantine, stats."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.styles import DIM, STRONG
from allegata.errors import DamageError, InputError
from allegata.ingestion.quarantine import list_faults
from allegata.ledger.sealing import Seal, read_seal
from allegata.ledger.signing import is_signed
from allegata.ledger.stats import count_all
from allegata.types.visible import make_line_visible

__all__ = ["Sealed", "list_quarantine", "print_stats", "verify_ledger"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal that a ledger must still hold.

    Attributes:
        seal: What was sealed.
        is_signed: Whether its signature was checked and is right.
    """

    seal: Seal
    is_signed: bool

    @classmethod
    def of(cls, path: Path | None, signers: Path | None, who: str) -> "Sealed | None":
        """Read a seal, and check its signature where it is told who may sign.

        Raises:
            InputError: There is no such file, it is no seal, or only one of signers and name is
                given.
            DamageError: The signature is not theirs.
        """
        if bool(signers) != bool(who) or (signers and path is None):
            raise InputError("--signers, --by", "belong together, and to a --seal.")
        if path is None:
            return None
        try:
            content = path.read_bytes()
            signature = path.with_name(f"{path.name}.sig").read_bytes() if signers else b""
        except OSError as error:
            raise InputError(str(error.filename), f"cannot be read: {error.strerror}.") from error
        seal = read_seal(content, str(path))
        if signers and not is_signed(content, signature, signers, who):
            raise DamageError(f"{path}: the signature is not {who}'s, or the seal was changed.")
        return cls(seal, bool(signers))


def verify_ledger(
    where: str | None, *, as_json: bool, head: str | None, sealed: Sealed | None = None
) -> ExitCode:
    """Recompute a ledger and print every row that differs.

    Args:
        where: The ledger.
        as_json: Whether as JSON, one row a line and a last line with what was looked at.
        head: A head noted earlier, or None.
        sealed: A seal made earlier, or None.

    Returns:
        `OK`, or `INTEGRITY`.
    """
    from allegata.ledger.verifying import verify

    with open_ledger(where) as ledger:
        n_found = 0
        report = verify(ledger, head=head, sealed=sealed.seal.head.hash if sealed else None)
        for damage in report.damages:
            n_found += 1
            line = f"{damage.table} {damage.row}: {damage.what}"
            print(json.dumps(asdict(damage)) if as_json else make_line_visible(line))
        now = report.head
        if as_json:
            done = {
                "n_rows": report.n_rows,
                "n_damaged": n_found,
                "n_erased": report.n_erased,
                "head": now.hash,
            }
            print(json.dumps(done))
        elif n_found:
            say(f"{n_found:,} of {report.n_rows:,} rows are damaged or altered.")
        else:
            print(f"All {report.n_rows:,} rows are as they were written. Head {now.hash}")
            if report.n_erased:
                print(f"{report.n_erased:,} rows were erased by people: `allegata erase --list`.")
            if sealed is not None:
                number, at = sealed.seal.head.number, sealed.seal.at
                signed = (
                    "" if sealed.is_signed else " Its signature was not checked (--signers, --by)."
                )
                print(f"Entry {number:,} is as it was sealed at {at}.{signed}")
    return ExitCode.INTEGRITY if n_found else ExitCode.OK


def list_quarantine(where: str | None, *, as_json: bool, everything: bool) -> ExitCode:
    """Print what was set aside.

    Args:
        where: The ledger.
        as_json: Whether as JSON, one input a line.
        everything: Also what was read after all.
    """
    with open_ledger(where) as ledger:
        found = list_faults(ledger, unresolved_only=not everything)
    console = Console(highlight=False, soft_wrap=True)
    for one in found:
        if as_json:
            print(json.dumps(asdict(one)))
            continue
        mark = " (read later)" if one.is_resolved else ""
        console.print(Text(make_line_visible(one.where) + mark, STRONG))
        console.print(Text(f"  {make_line_visible(one.what)} {make_line_visible(one.hint)}"))
        console.print(Text(f"  {one.at[:19].replace('T', ' ')} UTC", DIM))
    if not found and not as_json:
        print("Nothing is set aside.")
    return ExitCode.OK


def print_stats(where: str | None, *, as_json: bool) -> ExitCode:
    """Print what a ledger holds.

    Args:
        where: The ledger.
        as_json: Whether as one JSON object.
    """
    with open_ledger(where) as ledger:
        held = count_all(ledger)
    plain = asdict(held)
    plain["head"] = held.head.hash
    plain["entries"] = held.head.number
    for name in ("first", "last"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    if as_json:
        print(json.dumps(plain))
        return ExitCode.OK
    labels = {
        "documents": "documents",
        "reports": "reports, as outlets published them",
        "locations": "places where they were found",
        "outlets": "outlets",
        "readings": "readings",
        "claims": "claims",
        "events": "events",
        "incidents": "incidents",
        "decisions": "decisions of people",
        "faults": "inputs set aside",
    }
    width = max(len(f"{plain[name]:,}") for name in labels)
    for name, label in labels.items():
        print(f"{plain[name]:>{width},}  {label}")
    if held.first and held.last:
        print(f"published from {held.first} to {held.last}")
    print(f"head    {held.head.hash} (entry {held.head.number:,})")
    print(f"digest  {held.digest}")
    return ExitCode.OK
