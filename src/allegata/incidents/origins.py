"""Origins: where the statements of an incident come from in the end."""

import re
from collections.abc import Iterable, Mapping, Sequence

from allegata.incidents.stances import own_stance
from allegata.types import EntityType, Quotation
from allegata.types.incident import (
    CopyLink,
    Laundering,
    Origin,
    OriginReason,
    Origins,
    PositionKind,
)
from allegata.types.statement import Holder, HolderKind, Statement

__all__ = ["find_origins", "group_copies"]

_QUOTED = re.compile('["“”«»]([^"“”«»]{20,})["“”«»]')
_WORD = re.compile(r"[^\W_]+")
_LEAST_QUOTED = 6

Found = tuple[Holder, OriginReason, str, tuple[str, ...]]


def find_origins(
    statements: Sequence[Statement],
    copies: Iterable[CopyLink] = (),
    dropped: Iterable[Laundering] = (),
) -> Origins:
    """Follow each statement of one incident to whoever says so in the end.

    Whom the report names is the origin, unless that is an outlet whose own report is among them and
    names its source in turn: then the way goes on. What a copy says in its own voice goes back to
    the report that it copies. An unnamed source ("a doctor") is one report's own, and that of its
    copies and of those who quote the same words after it.

    Args:
        statements: Of one incident, in any order.
        copies: Among its reports.
        dropped: Attributions that were dropped among them: what an outlet says itself in the words
            of an earlier report goes back to whom that one names.

    Returns:
        The origins, with a reason for each statement, and how many sides stand behind those that
        affirm.
    """
    ordered = sorted(statements, key=lambda one: (str(one.by.published or "~"), one.id))
    reports = {one.by.report for one in ordered}
    links = [link for link in copies if link.earlier in reports and link.later in reports]
    groups = group_copies(reports, links)
    finder = _Finder(ordered, links, groups, {one.statement: one.earlier for one in dropped})
    found = {one.id: finder.follow(one) for one in ordered}
    origins = _gather(ordered, found)
    return Origins(
        origins=origins,
        n_reports=len(reports),
        n_own_texts=len(set(groups.values())),
        n_independent=_count_sides(ordered, origins),
    )


def group_copies(reports: Iterable[str], links: Iterable[CopyLink]) -> Mapping[str, str]:
    """For each report the first of those that are copies of each other, directly or by others."""
    home = {report: report for report in sorted(reports)}

    def root(report: str) -> str:
        while home[report] != report:
            home[report] = home[home[report]]
            report = home[report]
        return report

    for link in sorted(links, key=lambda one: (one.earlier, one.later)):
        if link.earlier in home and link.later in home:
            one, other = sorted((root(link.earlier), root(link.later)))
            home[other] = one
    return {report: root(report) for report in home}


class _Finder:
    """Follows statements, each at most once around."""

    def __init__(
        self,
        ordered: Sequence[Statement],
        links: Sequence[CopyLink],
        groups: Mapping[str, str],
        dropped: Mapping[str, str],
    ) -> None:
        self._dropped = dropped
        self._known = {one.id: one for one in ordered}
        self._groups = groups
        self._copied = {link.later: link for link in sorted(links, key=lambda x: x.earlier)[::-1]}
        self._by_report: dict[str, list[Statement]] = {}
        self._by_outlet: dict[str, list[Statement]] = {}
        self._quotes: dict[str, Statement] = {}
        for one in ordered:
            self._by_report.setdefault(one.by.report, []).append(one)
            if one.by.outlet:
                self._by_outlet.setdefault(one.by.outlet.key, []).append(one)
            for quote in _quotes(one):
                self._quotes.setdefault(quote, one)

    def follow(self, one: Statement) -> Found:
        """The origin of a statement, why, and by whom it came."""
        via = tuple(voice.holder.key for voice in one.said[1:-1])
        if one.is_own_voice:
            return self._follow_own(one)
        holder = one.holder
        if holder.kind is HolderKind.NOBODY:
            return holder, OriginReason.UNKNOWN, "nobody is named", via
        if holder.type is EntityType.MEDIA or holder.key in self._by_outlet:
            cited = self._follow_outlet(one)
            if cited is not None:
                return cited
        if holder.kind is HolderKind.UNNAMED:
            return self._follow_unnamed(one, via)
        return holder, OriginReason.CITED, f"it names {holder.name}", via

    def _follow_own(self, one: Statement) -> Found:
        outlet = one.holder
        earlier = self._known.get(self._dropped.get(one.id, ""))
        if earlier is not None:
            words = f"it says what {_name(earlier)} attributes to {earlier.holder.name}"
            return earlier.holder, OriginReason.SIMILAR, words, (outlet.key,)
        link = self._copied.get(one.by.report)
        if link is not None:
            for other in self._by_report[link.earlier]:
                if other.kind is one.kind:
                    holder = other.holder
                    words = f"it copies {_name(other)}: {link.reason}"
                    return holder, OriginReason.COPIED, words, (outlet.key,)
        return outlet, OriginReason.OWN_VOICE, "the outlet says it itself", ()

    def _follow_outlet(self, one: Statement) -> Found | None:
        """From an outlet that is cited to whom its own report cites."""
        for other in self._by_outlet.get(one.holder.key, ()):
            if other.by.report == one.by.report or other.is_own_voice:
                continue
            if other.kind is not one.kind or other.holder.key == one.holder.key:
                continue
            if other.holder.kind is HolderKind.NOBODY or _is_later(other, one):
                continue
            words = f"it cites {one.holder.name}, whose own report names {other.holder.name}"
            return other.holder, OriginReason.CITED_OUTLET, words, (one.holder.key,)
        return None

    def _follow_unnamed(self, one: Statement, via: tuple[str, ...]) -> Found:
        for quote in _quotes(one):
            first = self._quotes[quote]
            if first.by.report != one.by.report and not first.is_own_voice:
                words = f"the same words are quoted in {_name(first)}"
                return first.holder, OriginReason.SAME_QUOTATION, words, via
        group = self._groups[one.by.report]
        if group != one.by.report:
            for other in self._by_report.get(group, ()):
                if other.holder.kind is HolderKind.UNNAMED and other.kind is one.kind:
                    words = f"{_name(other)}, which it copies, has the same source"
                    return other.holder, OriginReason.COPIED, words, via
        return one.holder, OriginReason.CITED, f"it names {one.holder.name}", via


def _gather(ordered: Sequence[Statement], found: Mapping[str, Found]) -> tuple[Origin, ...]:
    holders: dict[str, Holder] = {}
    members: dict[str, list[str]] = {}
    first: dict[str, Statement] = {}
    for one in ordered:
        holder = found[one.id][0]
        first.setdefault(holder.key, one)
        holders.setdefault(holder.key, holder)
        members.setdefault(holder.key, []).append(one.id)
    origins = [
        Origin(
            holder=holders[key],
            statements=tuple(ids),
            reasons=tuple((found[name][1], found[name][2]) for name in ids),
            via=tuple(found[name][3] for name in ids),
            side=_side_of(holders[key], first[key]),
        )
        for key, ids in members.items()
    ]
    return tuple(sorted(origins, key=lambda one: (-len(one.statements), one.holder.key)))


def _side_of(holder: Holder, first: Statement) -> str:
    """Whose an origin is; whom one outlet alone cites without a name stands and falls with it."""
    if holder.kind is HolderKind.UNNAMED:
        outlet = first.by.outlet
        return (outlet.side or outlet.key) if outlet else f"outlet:{first.by.report}"
    return holder.side or holder.key


def _count_sides(ordered: Sequence[Statement], origins: Iterable[Origin]) -> int:
    """How many sides stand behind the statements that affirm."""
    affirming = {one.id for one in ordered if own_stance(one) is PositionKind.AFFIRMS}
    return len(
        {
            one.side
            for one in origins
            if one.holder.kind is not HolderKind.NOBODY and affirming.intersection(one.statements)
        }
    )


def _quotes(one: Statement) -> list[str]:
    """Long quotations of a passage, by their words."""
    if one.speaker.quotation is Quotation.INDIRECT and '"' not in one.words:
        return []
    found = (" ".join(_WORD.findall(quote.casefold())) for quote in _QUOTED.findall(one.words))
    return [quote for quote in found if quote.count(" ") >= _LEAST_QUOTED - 1]


def _is_later(other: Statement, one: Statement) -> bool:
    return bool(other.by.published and one.by.published and other.by.published > one.by.published)


def _name(one: Statement) -> str:
    outlet = one.by.outlet.name if one.by.outlet else "a report"
    return f"{outlet} of {one.by.published:%-d %b %Y}" if one.by.published else outlet
