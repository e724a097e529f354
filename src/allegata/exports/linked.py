"""Statements for machines that link: W3C annotations, PROV, schema.org."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from allegata.incidents.dossier import Dossier
from allegata.types import EntityType, Polarity
from allegata.types.statement import Holder, Statement

__all__ = ["annotation", "claim_of_schema_org", "claims_as_provenance"]

NAMESPACE = "https://allegata.example/ns#"
"""Of the words in PROV that are allegata's. Nothing is fetched from there."""


def annotation(one: Statement, incident: str) -> dict[str, Any]:
    """A W3C Web Annotation: the words of a report, and who says what by them.

    Positions count code points of the text as the ledger keeps it, as the standard has it. Who
    counts UTF-16 units, as scripts in browsers do, goes by the quotation.
    """
    chain = " > ".join(voice.holder.name for voice in one.chain)
    tags = (one.kind.value, one.polarity.value, one.modality.value)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:allegata:{one.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": f"{chain}: {_told(one)}", "format": "text/plain"},
            *({"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags),
            {"type": "TextualBody", "value": f"incident {incident}", "purpose": "linking"},
        ],
        "target": {
            "source": one.by.uri if _is_web(one.by.uri) else f"urn:allegata:{one.by.report}",
            "selector": [
                {"type": "TextQuoteSelector", "exact": one.words},
                {
                    "type": "TextPositionSelector",
                    "start": one.passage.start,
                    "end": one.passage.end,
                },
            ],
        },
    }


def _is_web(uri: str) -> bool:
    """Whether an address is one for others: a path of this machine is no IRI, and nobody's else."""
    return uri.startswith(("http://", "https://"))


def _told(one: Statement) -> str:
    """What is said, in the report's own word for it."""
    denied = "not " if one.polarity is Polarity.NEGATIVE else ""
    return (
        f"{denied}{one.kind.value.replace('_', ' ')} (“{one.trigger_words}”, {one.modality.value})"
    )


def claim_of_schema_org(one: Statement, incident: str) -> dict[str, Any]:
    """A schema.org Claim: the words, who says so, and where they appeared. It has no rating."""
    appearance: dict[str, Any] = {"@type": "NewsArticle", "identifier": one.by.report}
    if _is_web(one.by.uri):
        appearance["url"] = one.by.uri
    if one.by.title:
        appearance["headline"] = one.by.title
    if one.by.published:
        appearance["datePublished"] = one.by.published.isoformat()
    if one.by.outlet:
        appearance["publisher"] = {"@type": "Organization", "name": one.by.outlet.name}
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "identifier": one.id,
        "text": one.words,
        "author": _party(one.holder),
        "about": {"@type": "Event", "identifier": incident, "name": _told(one)},
        "appearance": appearance,
    }


def _party(holder: Holder) -> dict[str, str]:
    sort = "Person" if holder.type is EntityType.PERSON else "Organization"
    return {"@type": sort, "name": holder.name, "identifier": holder.key}


def claims_as_provenance(dossiers: Iterable[Dossier], head: str) -> tuple[str, int]:
    """PROV-JSON: each statement attributed to all its holders, and derived from its report.

    A report that copies another is derived from it.

    Returns:
        The document, and how many statements it holds.
    """
    agents: dict[str, dict[str, Any]] = {}
    entities: dict[str, dict[str, Any]] = {}
    attributed: dict[str, dict[str, str]] = {}
    derived: dict[str, dict[str, str]] = {}
    members: dict[str, dict[str, str]] = {}
    for dossier in dossiers:
        incident = f"al:{dossier.id}"
        entities[incident] = {
            "prov:type": {"$": "prov:Collection", "type": "prov:QUALIFIED_NAME"},
            "al:title": dossier.title,
            "al:head": head,
        }
        for one in dossier.statements:
            name, source = f"al:{_local(one.id)}", f"al:{one.by.report}"
            entities[name] = {
                "al:words": one.words,
                "al:kind": one.kind.value,
                "al:polarity": one.polarity.value,
                "al:modality": one.modality.value,
            }
            entities[source] = {"al:address": one.by.uri, "al:title": one.by.title or ""}
            derived[f"_:d{len(derived)}"] = _pair(name, source, "generatedEntity", "usedEntity")
            members[f"_:m{len(members)}"] = _pair(incident, name, "collection", "entity")
            for voice in one.chain:
                agent = f"al:{_local(voice.holder.key)}"
                agents[agent] = {"al:name": voice.holder.name, "al:known": voice.holder.kind.value}
                attributed[f"_:a{len(attributed)}"] = _pair(name, agent, "entity", "agent")
        for link in dossier.copies:
            pair = _pair(f"al:{link.later}", f"al:{link.earlier}", "generatedEntity", "usedEntity")
            derived[f"_:d{len(derived)}"] = pair | {"al:reason": link.reason}
    whole: Mapping[str, Any] = {
        "prefix": {"al": NAMESPACE},
        "entity": entities,
        "agent": agents,
        "wasAttributedTo": attributed,
        "wasDerivedFrom": derived,
        "hadMember": members,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1), len(members)


def _pair(one: str, other: str, first: str, second: str) -> dict[str, str]:
    return {f"prov:{first}": one, f"prov:{second}": other}


def _local(words: str) -> str:
    """A name of which PROV's readers make no more than one."""
    return "".join(char if char.isalnum() or char in "-_." else f"%{ord(char):X}" for char in words)
