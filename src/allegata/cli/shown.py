"""The command `show`: the dossier of an incident, or a report as the ledger has it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.text import Text

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.styles import DIM, LABEL, SOURCE, STRONG, WARN
from allegata.cli.tables import make_console, show_days, show_range
from allegata.cli.wrapping import wrap
from allegata.errors import InputError
from allegata.incidents.dossier import Dossier
from allegata.incidents.identity import ChangeKind
from allegata.incidents.plain import plain_dossier
from allegata.ledger.asking import ChangeLine, history_of, load_dossier, resolve_as_of
from allegata.ledger.found import list_versions, where_found
from allegata.ledger.loading import id_of_report, number_of_report
from allegata.ledger.verdicts import load_corrected, load_verdicts
from allegata.ledger.versions import Version, earlier_version
from allegata.types.incident import (
    Origin,
    OriginReason,
    Position,
    PositionKind,
    Responsibility,
)
from allegata.types.statement import HolderKind, ReportedBy, Statement
from allegata.types.visible import make_line_visible
from allegata.types.wording import shorten

__all__ = ["draw_dossier", "show_one"]

_MOST = 12
"""So many lines of a list are drawn; `--json` has them all."""

_HEADINGS = {
    PositionKind.AFFIRMS: "say that it happened",
    PositionKind.DENIES: "say that it did not",
    PositionKind.SUPPOSES: "hold it possible, likely or to be feared",
    PositionKind.DOUBTS: "doubt it, or cannot tell",
    PositionKind.PREDICTS: "announce or fear it",
    PositionKind.DEMANDS: "demand it",
    PositionKind.REPEATS: "pass on what others say",
}


def show_one(
    name: str, where: str | None, *, as_json: bool, as_of: date | None, width: int | None
) -> ExitCode:
    """Show an incident or a report.

    Args:
        name: An id, or the beginning of one: `i…` of an incident, `r…` of a report.
        where: The ledger.
        as_json: Whether as one JSON object.
        as_of: An earlier day, for incidents.
        width: Of the page, in cells.

    Raises:
        InputError: There is no such thing.
    """
    if name.startswith("r"):
        return _show_report(name, where, as_json=as_json, width=width)
    if not name.startswith("i"):
        raise InputError(
            name, "is no id.", "Ids of incidents begin with i, those of reports with r."
        )
    with open_ledger(where) as ledger, ledger.reading() as connection:
        when = resolve_as_of(connection, as_of) if as_of else None
        dossier = load_dossier(connection, name, when)
        history = history_of(connection, dossier.id)
        grades = load_verdicts(connection).grades.get(dossier.id, ())
        head = ledger.head(connection)
    if as_json:
        plain = plain_dossier(dossier)
        plain["people_grades"] = [{"who": who, "grade": grade} for who, grade in grades]
        plain["head"] = head.hash
        print(json.dumps(plain, ensure_ascii=False))
        return ExitCode.OK
    if when is not None and when.entry is None:
        say(
            f"The ledger was begun after {when.day}: shown is what it holds now of what had been"
            " published by then."
        )
    console = make_console(width)
    for line in draw_dossier(dossier, history, console.width - 4, grades):
        console.print(Text("  ") + line if line.plain else line)
    console.print()
    return ExitCode.OK


def _show_report(name: str, where: str | None, *, as_json: bool, width: int | None) -> ExitCode:
    from allegata.cli.read import choose_page, write_json

    with open_ledger(where) as ledger, ledger.reading() as connection:
        number = number_of_report(connection, name)
        reading = load_corrected(connection, number)
        places = where_found(connection, number)
        versions = list_versions(connection, number)
        compared = (
            earlier_version(connection, id_of_report(connection, number), [p.uri for p in places])
            if versions
            else None
        )
    if reading is None:
        raise InputError(name, "was not read yet.", "Run the `ingest` again that added it.")
    if as_json:
        write_json(reading)
        return ExitCode.OK
    choose_page(width)(reading)
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text("Found at", STRONG))
    for place in places:
        console.print(
            Text(f"  {place.at[:16].replace('T', ' ')} UTC  {make_line_visible(place.uri)}")
        )
    if versions:
        console.print(Text("Other texts at the same address", STRONG))
        for version in versions:
            day = version.published or "undated"
            console.print(Text(f"  {version.report}  {day}  found {version.at[:10]}"))
    if compared is not None:
        _print_changes(console, *compared)
    return ExitCode.OK


def _print_changes(console: Console, earlier: Version, later: Version) -> None:
    """What a text changed against the one that was found at the same address before."""
    console.print(Text(f"Changed against {earlier.report}, found {earlier.found_at[:10]}", STRONG))
    if not later.changes:
        console.print(Text("  nothing in the text; title, author or day differ"))
    for change in later.changes[:_MOST]:
        for mark, words in (("-", change.before), ("+", change.after)):
            if words:
                console.print(Text(f"  {mark} {shorten(make_line_visible(words), 300)}"))
    if len(later.changes) > _MOST:
        console.print(Text(f"  … and {len(later.changes) - _MOST:,} more", DIM))


def draw_dossier(
    dossier: Dossier,
    history: Sequence[ChangeLine],
    width: int,
    grades: Sequence[tuple[str, str]] = (),
) -> Iterator[Text]:
    """Draw a dossier as lines for a terminal; whatever is told stands with whoever tells it.

    Args:
        dossier: What is drawn.
        history: What became of the incident.
        width: Cells that a line may take.
        grades: That people gave: who, and which.

    Yields:
        Lines with styles. Without the styles they say the same.
    """
    yield Text()
    yield from wrap(Text(make_line_visible(dossier.title), STRONG), width)
    yield from wrap(Text(_facts(dossier)), width)
    yield from wrap(Text(f"incident {dossier.id}", DIM), width)
    sections = (
        ("Who holds what", _draw_positions(dossier, width)),
        ("Who is said to have done it", _draw_responsibility(dossier, width)),
        ("Numbers by source", _draw_counts(dossier, width)),
        ("Where it comes from", _draw_origins(dossier, width)),
        ("What does not go together", _draw_contradictions(dossier, width)),
        ("Attribution dropped on the way", _draw_laundering(dossier, width)),
        ("Grade", _draw_grade(dossier, grades, width)),
        ("Reports", _draw_reports(dossier, width)),
        ("History", _draw_history(history)),
    )
    for heading, lines in sections:
        drawn = list(lines)
        if drawn:
            yield Text()
            yield Text(heading, STRONG)
            yield from drawn


def _facts(dossier: Dossier) -> str:
    places = [report.place.name for report in dossier.places[:4]]
    more = f" and {len(dossier.places) - 4} more" if len(dossier.places) > 4 else ""
    kinds = ", ".join(f"{kind.value.replace('_', ' ')} ({n})" for kind, n in dossier.kinds[:4])
    where = f"places told: {', '.join(places)}{more}" if places else "place unknown"
    when = f"time told: {show_days(dossier.first, dossier.last)}"
    return make_line_visible(f"{when} · {where} · kinds by number of holders: {kinds}")


def _item(words: Text, width: int, mark: str = "• ") -> Iterator[Text]:
    lead = Text.assemble((mark, DIM))
    for line in wrap(words, max(20, width - len(mark))):
        yield lead + line
        lead = Text(" " * len(mark))


def _draw_positions(dossier: Dossier, width: int) -> Iterator[Text]:
    known = {one.id: one for one in dossier.statements}
    for kind, group in groupby(dossier.positions, key=lambda position: position.kind):
        held = sorted(group, key=_weight)
        yield Text.assemble((f"{len(held):,} {_HEADINGS[kind]}", LABEL))
        if kind is PositionKind.REPEATS:
            yield from _draw_repeats(held, width)
            continue
        for position in held[:_MOST]:
            yield from _item(_describe(position, known), width)
        yield from _rest(len(held))


def _weight(position: Position) -> tuple[bool, int, str]:
    holder = position.holder
    return (holder.kind is HolderKind.NOBODY, -len(position.statements), holder.key)


def _describe(position: Position, known: dict[str, Statement]) -> Text:
    """A holder, with the words of the first statement that shows it."""
    first = known[position.statements[0]]
    line = Text.assemble((make_line_visible(position.holder.name), SOURCE))
    if len(position.statements) > 1:
        line.append(f", {len(position.statements)} times", DIM)
    if position.first:
        line.append(f", {position.first.isoformat()}", DIM)
    outlet = first.by.outlet.name if first.by.outlet else "publisher unknown"
    if len(first.chain) > 1:
        line.append(f", in {make_line_visible(outlet)}", DIM)
    words = make_line_visible(first.words)
    line.append(f": “{words if len(words) <= 240 else words[:237] + '…'}”")
    return line


def _draw_repeats(held: Sequence[Position], width: int) -> Iterator[Text]:
    by_source: dict[str, tuple[str, list[str]]] = {}
    for position in held:
        if position.passes_on is not None:
            entry = by_source.setdefault(position.passes_on.key, (position.passes_on.name, []))
            entry[1].append(position.holder.name)
    ranked = sorted(by_source.values(), key=lambda pair: (-len(pair[1]), pair[0]))
    for name, outlets in ranked[:_MOST]:
        shown = ", ".join(sorted(set(outlets))[:6])
        more = f" and {len(set(outlets)) - 6} more" if len(set(outlets)) > 6 else ""
        line = Text.assemble(
            (make_line_visible(name), SOURCE), f" ← {make_line_visible(shown)}{more}"
        )
        yield from _item(line, width)
    yield from _rest(len(ranked))


def _rest(n: int) -> Iterator[Text]:
    if n > _MOST:
        yield Text(f"  … and {n - _MOST:,} more", DIM)


def _draw_responsibility(dossier: Dossier, width: int) -> Iterator[Text]:
    verbs = {
        PositionKind.AFFIRMS: "named",
        PositionKind.DENIES: "denied",
        PositionKind.DOUBTS: "doubted, or not told",
        PositionKind.SUPPOSES: "supposed",
    }
    for one in dossier.responsibility[:_MOST]:
        line = Text.assemble(
            (make_line_visible(one.holder.name), SOURCE),
            f" → {_name_doer(one)}",
            (f" ({verbs[one.kind]})", DIM),
        )
        if one.admits:
            line.append(" (speaks of its own side)", DIM)
        if len(one.statements) > 1:
            line.append(f", {len(one.statements)} times", DIM)
        yield from _item(line, width)
    yield from _rest(len(dossier.responsibility))


def _name_doer(one: Responsibility) -> str:
    """Who is said to have done it; those without a name in the words of the report."""
    name = make_line_visible(one.actor_name)
    return f"“{name}”" if one.actor.startswith("called:") else name


def _draw_counts(dossier: Dossier, width: int) -> Iterator[Text]:
    told = {one.id: one for one in dossier.statements}
    for span in dossier.ranges:
        whole = [c for c in dossier.counts if c.kind is span.kind and not c.is_part]
        many = "s" if span.n_holders > 1 else ""
        given = f"{show_range(span.low, span.high)} by {span.n_holders} source{many}"
        line = f"{span.kind.value}: {given}"
        if span.n_holders > 1:
            line += f", lowest {span.lowest}, highest {span.highest}"
        yield from wrap(Text(make_line_visible(line), LABEL), width)
        for count in whole[:_MOST]:
            when = count.when.isoformat() if count.when else "undated"
            words = Text.assemble(
                (f"{when}  ", DIM),
                f"{show_range(count.low, count.high):>8}  ",
                (make_line_visible(told[count.statement].name_of(count.holder)), SOURCE),
                f"  “{make_line_visible(count.words)}”",
            )
            yield from _item(words, width)
        yield from _rest(len(whole))


def _draw_origins(dossier: Dossier, width: int) -> Iterator[Text]:
    found = dossier.origins
    line = (
        f"{found.n_reports:,} reports, {found.n_own_texts:,} texts of their own,"
        f" {found.n_independent:,} independent origins"
    )
    yield Text(line, LABEL)
    for origin in found.origins[:_MOST]:
        words = Text.assemble((make_line_visible(origin.holder.name), SOURCE))
        n = len(origin.statements)
        words.append(f", {n:,} statement{'s' if n != 1 else ''}", DIM)
        reason = _main_reason(origin)
        if reason:
            words.append(f": {make_line_visible(reason)}")
        yield from _item(words, width)
    yield from _rest(len(found.origins))
    for link in dossier.copies[:_MOST]:
        outlets = {
            s.by.report: f"{s.by.outlet.name if s.by.outlet else s.by.uri}, {s.by.published}"
            for s in dossier.statements
        }
        words = Text(
            make_line_visible(
                f"copy: {outlets.get(link.later)} ← {outlets.get(link.earlier)}: {link.reason}"
            )
        )
        yield from _item(words, width)


def _main_reason(origin: Origin) -> str:
    """The reason that tells most: one that leads from one report to another, if there is any."""
    for reason, words in origin.reasons:
        if reason not in (OriginReason.CITED, OriginReason.OWN_VOICE):
            return words
    return ""


def _draw_contradictions(dossier: Dossier, width: int) -> Iterator[Text]:
    for one in dossier.contradictions[:_MOST]:
        words = Text.assemble((f"{one.kind.value}: ", LABEL), make_line_visible(one.words))
        yield from _item(words, width)
    yield from _rest(len(dossier.contradictions))


def _draw_laundering(dossier: Dossier, width: int) -> Iterator[Text]:
    known = {one.id: one for one in dossier.statements}
    for one in dossier.laundering[:_MOST]:
        yield from _item(Text(make_line_visible(one.words), WARN), width)
        for label, name in (("now", one.statement), ("before", one.earlier)):
            words = make_line_visible(known[name].words)
            line = Text.assemble((f"{label}: ", DIM), f"“{words[:300]}”")
            yield from _item(line, width, mark="    ")
    yield from _rest(len(dossier.laundering))


def _draw_grade(dossier: Dossier, grades: Sequence[tuple[str, str]], width: int) -> Iterator[Text]:
    words = dossier.grading.words
    yield from wrap(Text(make_line_visible(words[:1].upper() + words[1:] + ".")), width)
    for who, grade in grades:
        yield from _item(Text(make_line_visible(f"{who} graded it {grade}.")), width)


def _draw_reports(dossier: Dossier, width: int) -> Iterator[Text]:
    seen: dict[str, ReportedBy] = {}
    for one in dossier.statements:
        seen.setdefault(one.by.report, one.by)
    for by in list(seen.values())[: 2 * _MOST]:
        outlet = by.outlet.name if by.outlet else "publisher unknown"
        words = Text.assemble(
            (f"{by.published or 'undated'}  ", DIM),
            (make_line_visible(outlet), SOURCE),
            f"  {make_line_visible(by.title or by.uri)}",
            (f"  {by.report[:9]}", DIM),
        )
        yield from _item(words, width)
    if len(seen) > 2 * _MOST:
        yield Text(f"  … and {len(seen) - 2 * _MOST:,} more", DIM)


def _draw_history(history: Sequence[ChangeLine]) -> Iterator[Text]:
    told = {
        ChangeKind.ISSUED: "its id was issued",
        ChangeKind.GREW: "grew",
        ChangeKind.SHRANK: "shrank",
        ChangeKind.MERGED: "was merged into",
        ChangeKind.SPLIT: "was split from",
        ChangeKind.DISSOLVED: "was dissolved",
    }
    for change in history[-_MOST:]:
        other = f" {change.other}" if change.other else ""
        n = f", {change.n_accounts:,} accounts" if change.n_accounts else ""
        yield Text.assemble(
            (change.at[:16].replace("T", " "), DIM), f"  {told[change.change]}{other}{n}"
        )
