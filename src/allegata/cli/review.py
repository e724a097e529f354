"""What `review` prints and keeps."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import Enum
from pathlib import Path

from rich.text import Text

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.styles import DIM, SOURCE, STRONG
from allegata.cli.tables import make_console, print_count
from allegata.coded.annotated import AnnotatedReport, find_changes, read_annotated
from allegata.errors import InputError
from allegata.incidents.plain import plain_statement
from allegata.ledger import Ledger
from allegata.ledger.decisions import decide, list_decisions, undo
from allegata.ledger.loading import number_of_report
from allegata.ledger.ordering import Order
from allegata.ledger.queue import list_doubts
from allegata.ledger.verdicts import Action, load_corrected, load_verdicts
from allegata.types.visible import make_line_visible

__all__ = ["import_annotated", "keep_decision", "list_log", "list_queue", "take_back"]


def list_queue(where: str | None, *, as_json: bool, limit: int, offset: int) -> ExitCode:
    """Print what waits to be looked at."""
    with open_ledger(where) as ledger, ledger.reading() as connection:
        doubts, total = list_doubts(connection, limit=limit, offset=offset)
    if as_json:
        for doubt in doubts:
            plain = {"incident": doubt.incident, "why": doubt.why}
            print(json.dumps({**plain, **plain_statement(doubt.statement)}, ensure_ascii=False))
        return ExitCode.OK
    console = make_console()
    for doubt in doubts:
        one = doubt.statement
        chain = " → ".join(make_line_visible(voice.holder.name) for voice in one.chain)
        kind = one.kind.value.replace("_", " ")
        console.print(Text.assemble((one.id, STRONG), f"  {kind}, {one.polarity.value}"))
        console.print(Text.assemble("  ", (chain, SOURCE)))
        console.print(Text(f"  “{make_line_visible(one.words)}”"))
        console.print(Text(f"  {doubt.why}; incident {doubt.incident}", DIM))
        console.print()
    print_count(console, len(doubts), total, offset, "statements wait")
    return ExitCode.OK


def keep_decision(
    action: str,
    target: str,
    where: str | None,
    *,
    who: str,
    why: str,
    settings: tuple[str, ...],
    others: tuple[str, ...],
) -> ExitCode:
    """Keep a decision and tell its number.

    Raises:
        InputError: There is no such thing, or the value is none that is allowed.
    """
    value = {}
    for setting in settings:
        name, mark, given = setting.partition("=")
        if not mark:
            raise InputError(repr(setting), "sets nothing.", "Write FIELD=VALUE.")
        value[name.strip()] = given.strip()
    order = Order(Action(action), target, who, why, value, others)
    with open_ledger(where, read_only=False) as ledger:
        number = decide(ledger, order)
    say(f"Kept as decision {number}. `allegata review undo {number}` takes it back.")
    return ExitCode.OK


def take_back(number: int | None, where: str | None, *, who: str, why: str) -> ExitCode:
    """Undo a decision and tell which."""
    with open_ledger(where, read_only=False) as ledger:
        undone = undo(ledger, number, who=who, why=why)
    say(f"Decision {undone} is undone.")
    return ExitCode.OK


def import_annotated(
    files: Sequence[Path], where: str | None, *, who: str, why: str, dry_run: bool
) -> ExitCode:
    """Keep what annotators set right; files or changes that cannot be kept are told."""
    n_kept = n_left = 0
    with open_ledger(where, read_only=dry_run) as ledger:
        for path in files:
            try:
                reports = list(read_annotated(path))
            except InputError as error:
                say(f"left out: {error}")
                n_left += 1
                continue
            for annotated in reports:
                kept, left = _import_report(ledger, annotated, who=who, why=why, dry_run=dry_run)
                n_kept, n_left = n_kept + kept, n_left + left
    verb = "would be kept" if dry_run else "kept"
    say(f"{n_kept:,} decisions {verb}, {n_left:,} left out.")
    return ExitCode.SET_ASIDE if n_left else ExitCode.OK


def _import_report(
    ledger: Ledger, annotated: AnnotatedReport, *, who: str, why: str, dry_run: bool
) -> tuple[int, int]:
    """How many decisions about a report were kept, and how many spans and changes left out."""
    for label in annotated.unknown:
        say(f"left out: {annotated.report}: a {label} that was not read cannot be added.")
    n_kept, n_left = 0, len(annotated.unknown)
    try:
        with ledger.reading() as connection:
            number = number_of_report(connection, annotated.report)
            verdicts = load_verdicts(connection)
            reading = load_corrected(connection, number, verdicts)
    except InputError as error:
        say(f"left out: {error}")
        return 0, n_left + 1
    changes = list(find_changes(annotated, reading)) if reading else []
    out = verdicts.rejected | verdicts.claims
    for change in (one for one in changes if one.words or one.target not in out):
        action = Action.EDIT if change.words else Action.REJECT
        told = ", ".join(f"{field} {at}" for field, at in change.words.items())
        print(f"{change.target}  {action.value} {told}".rstrip())
        if dry_run:
            n_kept += 1
            continue
        order = Order(action, change.target, annotated.who or who, why, change.words)
        try:
            decide(ledger, order)
            n_kept += 1
        except InputError as error:
            say(f"left out: {error}")
            n_left += 1
    return n_kept, n_left


def list_log(where: str | None, *, as_json: bool) -> ExitCode:
    """Print all decisions, the oldest first."""
    with open_ledger(where) as ledger, ledger.reading() as connection:
        found = list_decisions(connection)
    if as_json:
        for one in found:
            print(json.dumps(asdict(one), default=_plain, ensure_ascii=False))
        return ExitCode.OK
    console = make_console()
    for one in found:
        state = " (undone)" if one.is_undone else " (its words are gone)" if one.is_orphan else ""
        about = one.target.get("quote") or one.target.get("incident") or one.target.get("source")
        line = Text.assemble(
            (f"{one.number:>4}  {one.at[:16].replace('T', ' ')}  ", DIM),
            (make_line_visible(one.who), SOURCE),
            f"  {one.action.value} {one.about}{state}: {make_line_visible(str(about))}",
        )
        for name, value in one.settings:
            line.append(f", {name} {make_line_visible(value)}")
        if one.why:
            line.append(f". {make_line_visible(one.why)}", DIM)
        console.print(line)
    if not found:
        console.print(Text("No decisions yet.", DIM))
    return ExitCode.OK


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(type(value).__name__)
