"""Our kinds and roles in the terms of WikiEvents' ontology (KAIROS): the tables of a mapping.

A type stands by its two upper levels, or by all three where only that one fits. What a type covers
more widely than any kind of ours (all transport, all contact, all manufacture) may be read or not.
"""

from collections.abc import Mapping

__all__ = ["KINDS", "MAY", "MUST", "ROLES", "fits"]

_FIGHTING = ("Conflict.Attack", "Conflict.Defeat")
_COURTS = (
    "Justice.InvestigateCrime",
    "Justice.ChargeIndict",
    "Justice.TrialHearing",
    "Justice.Convict",
    "Justice.Sentence",
    "Justice.Acquit",
    "Cognitive.Inspection",
)

KINDS: Mapping[str, tuple[str, ...]] = {
    "chemical_attack": _FIGHTING,
    "shelling": _FIGHTING,
    "air_strike": _FIGHTING,
    "bombing": _FIGHTING,
    "shooting": _FIGHTING,
    "clash": _FIGHTING,
    "attack": (*_FIGHTING, "GenericCrime.GenericCrime"),
    "capture": ("Conflict.Defeat", "Conflict.Attack"),
    "explosion": (
        "Conflict.Attack",
        "ArtifactExistence.DamageDestroyDisableDismantle",
        "Disaster.Crash",
    ),
    "killing": ("Life.Die",),
    "harm": ("Life.Injure", "Life.Infect"),
    "torture": ("Conflict.Attack", "Life.Injure"),
    "abduction": ("Justice.ArrestJailDetain",),
    "detention": ("Justice.ArrestJailDetain",),
    "siege": ("Control.ImpedeInterfereWith",),
    "interception": (
        "Control.ImpedeInterfereWith",
        "ArtifactExistence.DamageDestroyDisableDismantle",
    ),
    "seizure": ("Transaction.ExchangeBuySell",),
    "destruction": ("ArtifactExistence.DamageDestroyDisableDismantle",),
    "displacement": ("Movement.Transportation",),
    "withdrawal": ("Justice.ReleaseParole", "Movement.Transportation"),
    "deployment": ("Movement.Transportation",),
    "arms_transfer": ("Transaction.ExchangeBuySell", "Movement.Transportation"),
    "aid": ("Medical.Intervention", "Transaction.Donation"),
    "talks": ("Contact.Contact", "Contact.RequestCommand"),
    "protest": ("Conflict.Demonstrate",),
    "election": ("Personnel.StartPosition", "Personnel.EndPosition"),
    "inquiry": _COURTS,
}
"""Kinds that are not listed (agreements, sanctions, ...) have no type and are not scored."""

MUST = (
    *_FIGHTING,
    *_COURTS[:-1],
    "Life.Die",
    "Life.Injure",
    "Justice.ArrestJailDetain",
    "Justice.ReleaseParole",
    "Conflict.Demonstrate",
    "ArtifactExistence.DamageDestroyDisableDismantle",
    "Control.ImpedeInterfereWith",
    "Medical.Intervention",
    "Personnel.StartPosition",
    "Personnel.EndPosition",
    "Contact.Contact.Meet",
    "Movement.Transportation.Evacuation",
)
"""Types that a kind of ours covers: each of their triggers is to be found."""

MAY = tuple(sorted({name for types in KINDS.values() for name in types} - set(MUST)))
"""Types that a kind of ours covers in part: their triggers may be read or not."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "actor": (
        *("Attacker", "Killer", "Injurer", "Jailer", "Demonstrator", "Damager", "Destroyer"),
        *("DamagerDestroyer", "Investigator", "Prosecutor", "JudgeCourt", "Impeder", "Treater"),
        *("Participant", "Communicator", "Victor", "Perpetrator", "Giver", "Transporter"),
        "Observer",
    ),
    "target": (
        *("Target", "Victim", "Detainee", "Artifact", "Defendant", "Patient", "Defeated"),
        *("ImpededEvent", "Participant", "Recipient", "PassengerArtifact", "Employee"),
        "ObservedEntity",
    ),
    "instrument": ("Instrument", "ExplosiveDevice", "BodyPart", "Vehicle", "AcquiredEntity"),
    "place": ("Place",),
    "origin": ("Origin",),
    "destination": ("Destination",),
}
"""What each role of ours may be called. Roles that none covers (a crime, a topic) are left out."""


def fits(name: str, types: tuple[str, ...]) -> bool:
    """Whether an event type is one of these, or stands below one."""
    return any(name == one or name.startswith(f"{one}.") for one in types)
