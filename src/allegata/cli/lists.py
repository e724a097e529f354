"""The commands that list: search, incidents, sources, contradictions, laundering."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.text import Text

from allegata.cli.asked import Asked, open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.styles import DIM, SOURCE, STRONG
from allegata.cli.tables import make_console, make_table, print_count, show_range
from allegata.cli.wrapping import wrap
from allegata.errors import InputError
from allegata.ledger.asking import (
    IncidentLine,
    PairLine,
    list_contradictions,
    list_incidents,
    list_laundering,
)
from allegata.ledger.citing import list_sources
from allegata.ledger.filters import Filters
from allegata.ledger.searching import Hit, parse_query, search
from allegata.ledger.verdicts import load_source_grades, load_verdicts
from allegata.types.incident import ContradictionKind
from allegata.types.statement import Statement
from allegata.types.visible import make_line_visible, make_visible

__all__ = [
    "list_contradiction_lines",
    "list_hits",
    "list_incident_lines",
    "list_laundering_lines",
    "list_source_lines",
]

_ORDERS = ("reports", "date", "contested")


def list_hits(words: str, asked: Asked) -> ExitCode:
    """Search, and print what was found, the best first."""
    query = parse_query(words)
    if words.strip() and not query:
        raise InputError(repr(words), "has no word in it.", "Search for words.")
    with open_ledger(asked.ledger) as ledger, ledger.reading() as connection:
        filters = asked.filters(connection)
        hits, total = search(connection, query, filters, limit=asked.limit, offset=asked.offset)
        _tell_as_of(filters)
    if asked.as_json:
        for hit in hits:
            print(_to_json(asdict(hit)))
        return ExitCode.OK
    console = make_console()
    for hit in hits:
        facts = [hit.published.isoformat() if hit.published else "undated"]
        facts.append(hit.publisher or "publisher unknown")
        title = hit.title or hit.uri.rstrip("/").rpartition("/")[2]
        console.print(Text.assemble((make_line_visible(title), STRONG)))
        console.print(
            Text.assemble((make_line_visible(" · ".join(facts)), SOURCE), f"  {hit.report}")
        )
        console.print(_mark(hit))
        console.print()
    print_count(console, len(hits), total, asked.offset, "reports")
    return ExitCode.OK


def _mark(hit: Hit) -> Text:
    """The words around a find, with the finds set off by a look and by nothing else."""
    line = Text("… ")
    at = 0
    for start, end in hit.marks:
        if start < at:
            continue
        line.append(_seen(hit.snippet[at:start]))
        line.append(_seen(hit.snippet[start:end]), STRONG)
        at = end
    line.append(_seen(hit.snippet[at:]) + " …")
    return line


def _seen(words: str) -> str:
    """Words on one line, the blanks at their edges kept."""
    return make_visible(re.sub(r"\s", " ", words))


def list_incident_lines(asked: Asked, order: str) -> ExitCode:
    """Print incidents as a table: what is alleged stands with those who allege it."""
    if order not in _ORDERS:
        raise InputError(f"--order {order!r}", f"is none of {', '.join(_ORDERS)}.")
    with open_ledger(asked.ledger) as ledger, ledger.reading() as connection:
        filters = asked.filters(connection)
        lines, total = list_incidents(
            connection, filters, order=order, limit=asked.limit, offset=asked.offset
        )
        grades = load_verdicts(connection).grades
        _tell_as_of(filters)
    if asked.as_json:
        for line in lines:
            given = [{"who": who, "grade": one} for who, one in grades.get(line.id, ())]
            print(_to_json({"id": line.id, **line.fields, "people_grades": given}))
        return ExitCode.OK
    console = make_console()
    for line in lines:
        for words in _draw_incident(line, grades.get(line.id, ()), console.width):
            console.print(words)
    print_count(console, len(lines), total, asked.offset, "incidents")
    return ExitCode.OK


def _draw_incident(
    line: IncidentLine, grades: Iterable[tuple[str, str]], width: int
) -> Iterator[Text]:
    """What is alleged and by whom, and under it what stands behind it."""
    fields = line.fields
    yield from wrap(Text(make_line_visible(fields["title"]), STRONG), width)
    facts = [
        _count(fields["n_reports"], "report"),
        _count(fields["n_own_texts"], "text of its own", "texts of their own"),
        _count(fields["n_origins"], "independent origin"),
    ]
    for name in ("killed", "injured"):
        told = show_range(fields[f"{name}_low"], fields[f"{name}_high"])
        if told:
            facts.append(f"{told} {name}, by source")
    if fields["n_contradictions"]:
        facts.append(_count(fields["n_contradictions"], "contradiction"))
    if fields["n_laundered"]:
        facts.append(_count(fields["n_laundered"], "dropped attribution"))
    facts.append(f"{fields['grade']} (suggested)")
    facts += [f"{grade} ({make_line_visible(who)})" for who, grade in grades]
    lead = Text.assemble("  ", (line.id, DIM), "  ")
    yield from wrap(lead + Text(" · ".join(facts)), width)
    yield Text()


def _count(n: int, one: str, many: str | None = None) -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def list_source_lines(
    words: str | None, where: str | None, *, as_json: bool, limit: int, offset: int
) -> ExitCode:
    """Print who is cited."""
    with open_ledger(where) as ledger, ledger.reading() as connection:
        lines, total = list_sources(connection, words, limit=limit, offset=offset)
        grades = load_source_grades(connection)
    if as_json:
        for line in lines:
            given = [
                {"who": who, "scale": scale, "code": code}
                for who, scale, code in grades.get(line.key, ())
            ]
            print(_to_json({**asdict(line), "people_grades": given}))
        return ExitCode.OK
    console = make_console()
    columns = (
        ("who is cited", "fold"),
        ("claims", "right"),
        ("reports", "right"),
        ("outlets", "right"),
        ("what they do by it", "fold"),
        ("graded by people", "fold"),
    )
    rows = [
        (
            line.name,
            line.n_claims,
            line.n_reports,
            line.n_outlets,
            ", ".join(f"{act} {n:,}" for act, n in line.acts[:4]),
            ", ".join(f"{scale} {code} ({who})" for who, scale, code in grades.get(line.key, ())),
        )
        for line in lines
    ]
    if rows:
        console.print(make_table(columns, rows))
        console.print()
    print_count(console, len(lines), total, offset, "sources")
    return ExitCode.OK


def list_contradiction_lines(asked: Asked, about: tuple[str, ...]) -> ExitCode:
    """Print what does not go together, with both passages."""
    known = [kind.value for kind in ContradictionKind]
    for one in about:
        if one not in known:
            raise InputError(f"--about {one!r}", f"is none of {', '.join(known)}.")
    with open_ledger(asked.ledger) as ledger, ledger.reading() as connection:
        lines, total = list_contradictions(
            connection,
            asked.filters(connection),
            kinds=about,
            limit=asked.limit,
            offset=asked.offset,
        )
    return _print_pairs(lines, total, asked, "contradictions")


def list_laundering_lines(asked: Asked) -> ExitCode:
    """Print where attributions were dropped, with both passages."""
    with open_ledger(asked.ledger) as ledger, ledger.reading() as connection:
        lines, total = list_laundering(
            connection, asked.filters(connection), limit=asked.limit, offset=asked.offset
        )
    return _print_pairs(lines, total, asked, "dropped attributions")


def _print_pairs(lines: Iterable[PairLine], total: int, asked: Asked, what: str) -> ExitCode:
    console = make_console()
    shown = 0
    for line in lines:
        shown += 1
        if asked.as_json:
            print(
                _to_json(
                    {
                        "incident": line.incident,
                        "title": line.title,
                        "kind": line.kind,
                        "words": line.words,
                        "one": _passage(line.one),
                        "other": _passage(line.other),
                    }
                )
            )
            continue
        label = f"{line.kind}  {line.words}"
        console.print(Text.assemble((make_line_visible(label), STRONG), f"  {line.incident[:8]}"))
        for one in (line.one, line.other):
            console.print(_quote(one))
        console.print()
    if not asked.as_json:
        print_count(console, shown, total, asked.offset, what)
    return ExitCode.OK


def _quote(one: Statement) -> Text:
    outlet = one.by.outlet.name if one.by.outlet else "publisher unknown"
    day = f", {one.by.published}" if one.by.published else ""
    lead = f"  {make_line_visible(outlet)}{day}: "
    return Text.assemble((lead, SOURCE), make_line_visible(" ".join(one.words.split())))


def _passage(one: Statement) -> dict[str, Any]:
    return {
        "statement": one.id,
        "report": one.by.report,
        "uri": one.by.uri,
        "outlet": one.by.outlet.name if one.by.outlet else None,
        "published": one.by.published,
        "holders": [voice.holder.name for voice in one.chain],
        "start": one.passage.start,
        "end": one.passage.end,
        "text": one.words,
    }


def _tell_as_of(filters: Filters) -> None:
    as_of = filters.as_of
    if as_of is not None and as_of.entry is None:
        say(
            f"The ledger was begun after {as_of.day}: shown is what it holds now of what had been"
            " published by then."
        )


def _to_json(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
