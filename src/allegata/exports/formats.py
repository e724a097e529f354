"""All formats: what each is for, how it is written, and what it cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass

from allegata.exports import acled, ucdp
from allegata.exports.annotators import CAS_LOSES, LABEL_STUDIO_LOSES
from allegata.exports.bagging import BAG_LOSES
from allegata.exports.coded import GDELT_LOSES, PLOVER_LOSES
from allegata.exports.entities import FTM_LOSES
from allegata.exports.flat import FLAT_COLUMNS
from allegata.exports.hxl import HXL_LOSES, HXL_TAGS
from allegata.exports.linked import annotation, claim_of_schema_org
from allegata.exports.making import (
    Make,
    flat_row_of,
    make_cas,
    make_ftm,
    make_gdelt,
    make_geojson,
    make_lines,
    make_ninjs,
    make_package,
    make_parquet,
    make_plover,
    make_prov,
    make_table,
    make_tasks,
)
from allegata.exports.newsroom import NINJS_LOSES

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: As it is asked for.
        what: What it is, and for whom.
        loses: What it cannot say.
        make: Makes its files of dossiers, each looked at once, with the ledger's head.
    """

    name: str
    what: str
    loses: tuple[str, ...]
    make: Make
    has_texts: bool = False


_FLATTENS = (
    "A row has no room for the words of each source; claims.csv beside it has them.",
    "Place and days are those that most holders give; others stand in claims.csv alone.",
)
_ALL = (
    Format(
        "csv", "incidents and claims as two tables, for spreadsheets",
        _FLATTENS, make_table("incidents.csv", FLAT_COLUMNS, flat_row_of),
    ),
    Format(
        "acled", "incidents in ACLED's columns, with claims beside them",
        acled.LOSES, make_table("acled.csv", acled.ACLED_COLUMNS, acled.acled_row),
    ),
    Format(
        "ucdp", "incidents in the columns of UCDP GED, with claims beside them",
        ucdp.LOSES, make_table("ucdp_ged.csv", ucdp.UCDP_COLUMNS, ucdp.ucdp_row),
    ),
    Format(
        "geojson", "incidents on the map, for QGIS and the like",
        ("A point has no size: how exactly a place is known stands in radius_km.", *_FLATTENS[1:]),
        make_geojson,
    ),
    Format(
        "parquet", "incidents (GeoParquet) and claims, for pandas, Polars, DuckDB",
        _FLATTENS[1:], make_parquet,
    ),
    Format(
        "annotations", "each claim as a W3C Web Annotation on the words of its report",
        ("Numbers, days and places stand in no field of an annotation.",),
        make_lines("annotations.jsonl", annotation),
    ),
    Format(
        "schema-org", "each claim as a schema.org Claim, without a rating",
        ("A Claim has one author: of a chain of voices the innermost is given.",
         "Whether it is denied, planned or feared stands in words alone."),
        make_lines("claims.jsonld.jsonl", claim_of_schema_org),
    ),
    Format(
        "prov", "where each claim comes from, as PROV-JSON",
        ("The order of voices in a chain is not told; each is an agent of the claim.",),
        make_prov,
    ),
    Format(
        "gdelt", "incidents in GDELT's Events, statements that affirm in its Mentions",
        GDELT_LOSES, make_gdelt,
    ),
    Format(
        "plover", "incidents and acts of speech as PLOVER's records",
        PLOVER_LOSES, make_plover,
    ),
    Format(
        "hxl", "incidents with hashtags, for humanitarian data",
        (*HXL_LOSES, *_FLATTENS),
        make_table("incidents.hxl.csv", FLAT_COLUMNS, flat_row_of, HXL_TAGS),
    ),
    Format(
        "ftm", "incidents, reports and those involved as FollowTheMoney entities",
        FTM_LOSES, make_ftm,
    ),
    Format(
        "ninjs", "incidents as news items of IPTC ninjs 3.1",
        NINJS_LOSES, make_ninjs,
    ),
    Format(
        "label-studio", "reports with what was read in them, to be set right in Label Studio",
        LABEL_STUDIO_LOSES, make_tasks, has_texts=True,
    ),
    Format(
        "uima-cas", "reports with what was read in them, for INCEpTION and other UIMA tools",
        CAS_LOSES, make_cas, has_texts=True,
    ),
    Format(
        "bagit", "an evidence package: dossiers, texts and readings, with hashes and signature",
        BAG_LOSES, make_package, has_texts=True,
    ),
)  # fmt: skip
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}
