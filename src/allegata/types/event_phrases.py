"""What each kind of event is called, and the prepositions of those who took part in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allegata.types.event import EventKind, Role
from allegata.types.phrase import Look, Words, join_lists

__all__ = ["Named", "build_phrase", "needs_actor"]

Named = Mapping[Role, Sequence[Sequence[Words]]]
"""For each role those who have it, each as words."""

_USUAL = {
    Role.TARGET: "of",
    Role.ACTOR: "by",
    Role.INSTRUMENT: "with",
    Role.ORIGIN: "from",
    Role.DESTINATION: "to",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind is put into words.

    Attributes:
        noun: What stands for it.
        order: Prepositions of the roles that are named first, in their order; the others follow
            with their usual ones.
        alone: Preposition of a doer without a target, where it differs.
        several: Preposition of two doers or more, where it differs.
        has_parties: Whether actors and targets are parties to the same thing.
        needs_actor: Whether a reader asks who did it.
    """

    noun: str
    order: Mapping[Role, str]
    alone: str = ""
    several: str = ""
    has_parties: bool = False
    needs_actor: bool = False


_ON = {Role.ACTOR: "by", Role.TARGET: "on"}
_OF = {Role.TARGET: "of", Role.ACTOR: "by"}
_AGAINST = {Role.ACTOR: "by", Role.TARGET: "against"}
_ABOUT = {Role.ACTOR: "by", Role.TARGET: "concerning"}
_GOODS = {Role.INSTRUMENT: "of", Role.ACTOR: "by", Role.ORIGIN: "from", Role.TARGET: "to"}
_FORMS = {
    EventKind.CHEMICAL_ATTACK: _Form("chemical attack", _ON, needs_actor=True),
    EventKind.SHELLING: _Form("shelling", _OF, needs_actor=True),
    EventKind.AIR_STRIKE: _Form("air strike", _ON, needs_actor=True),
    EventKind.BOMBING: _Form("bombing", _OF, needs_actor=True),
    EventKind.SHOOTING: _Form("shooting", _OF, needs_actor=True),
    EventKind.CLASH: _Form("clash", {}, has_parties=True),
    EventKind.ATTACK: _Form("attack", _ON, needs_actor=True),
    EventKind.KILLING: _Form("killing", _OF, needs_actor=True),
    EventKind.HARM: _Form("harm", {Role.TARGET: "to", Role.ACTOR: "by"}),
    EventKind.TORTURE: _Form("torture or abuse", _OF, needs_actor=True),
    EventKind.ABDUCTION: _Form("abduction", _OF, needs_actor=True),
    EventKind.DETENTION: _Form("detention", _OF, needs_actor=True),
    EventKind.SIEGE: _Form("siege or blockade", _OF, needs_actor=True),
    EventKind.SEIZURE: _Form("seizure", _OF, needs_actor=True),
    EventKind.DESTRUCTION: _Form("damage", {Role.TARGET: "to", Role.ACTOR: "by"}),
    EventKind.DISPLACEMENT: _Form("displacement", _OF, alone="of"),
    EventKind.CAPTURE: _Form("capture", _OF, needs_actor=True),
    EventKind.WITHDRAWAL: _Form("withdrawal", _OF, alone="of"),
    EventKind.DEPLOYMENT: _Form("deployment", _OF),
    EventKind.ARMS_TRANSFER: _Form("arms transfer", _GOODS, needs_actor=True),
    EventKind.EXPLOSION: _Form("explosion", {Role.INSTRUMENT: "of", Role.TARGET: "at"}),
    EventKind.INTERCEPTION: _Form("interception", _OF),
    EventKind.STAGING: _Form("staging", _OF, needs_actor=True),
    EventKind.AID: _Form("aid", {Role.TARGET: "for", Role.ACTOR: "by"}),
    EventKind.TALKS: _Form("talks", {}, has_parties=True),
    EventKind.AGREEMENT: _Form(
        "agreement", {Role.ACTOR: "by", Role.TARGET: "with"}, several="between"
    ),
    EventKind.VIOLATION: _Form("violation", _OF, needs_actor=True),
    EventKind.PROTEST: _Form("protest", _AGAINST),
    EventKind.SANCTION: _Form("sanction", _AGAINST),
    EventKind.ELECTION: _Form("vote or change of office", _ABOUT),
    EventKind.INQUIRY: _Form("inquiry or trial", _ABOUT),
}


def needs_actor(kind: EventKind) -> bool:
    """Whether a reader who is told of such an event asks who did it."""
    return _FORMS[kind].needs_actor


def build_phrase(kind: EventKind, named: Named) -> list[Words]:
    """Name an event by its kind and by those who took part.

    Args:
        kind: Of the event.
        named: Who took part. Places are no part of the phrase.

    Returns:
        `detention of 12 men by the police`, `clash between the army and the rebels`; the bare noun
        where nobody is named.
    """
    form = _FORMS[kind]
    phrase = [Words(form.noun, Look.KIND)]
    for preposition, people in _order(form, named):
        phrase += [Words(f" {preposition} "), *join_lists(people)]
    return phrase


def _order(form: _Form, named: Named) -> list[tuple[str, Sequence[Sequence[Words]]]]:
    prepositions = {**form.order, **{r: p for r, p in _USUAL.items() if r not in form.order}}
    ordered: list[tuple[str, Sequence[Sequence[Words]]]] = []
    if form.has_parties:
        parties = [*named.get(Role.ACTOR, ()), *named.get(Role.TARGET, ())]
        if parties:
            alone = "by" if named.get(Role.ACTOR) else "with"
            ordered.append(("between" if len(parties) > 1 else alone, parties))
        prepositions = {r: p for r, p in prepositions.items() if r not in (Role.ACTOR, Role.TARGET)}
    elif form.alone and not named.get(Role.TARGET):
        prepositions[Role.ACTOR] = form.alone
    elif form.several and len(named.get(Role.ACTOR, ())) > 1:
        prepositions[Role.ACTOR] = form.several
    ordered += [(p, named[role]) for role, p in prepositions.items() if named.get(role)]
    return ordered
