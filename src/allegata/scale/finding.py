"""Copies and incidents of readings in Parquet: the laptop's comparisons, spread over an engine.

Reports, and accounts, that share a key are paired; pairs are compared; what hangs together by ties
is grouped. The comparisons, the limits for crowded keys and the grouping are those of the ledger,
so that the same reports come to the same copies and incidents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegata.errors import InputError, StoreError
from allegata.incidents.blocking import MOST_OF_A_KEY
from allegata.scale.engine import Engine

if TYPE_CHECKING:
    import daft

__all__ = ["Found", "find_copies", "find_incidents"]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it.

    Attributes:
        n_reports: That were looked at.
        n_pairs: That were compared.
        n_found: Copies, or incidents.
    """

    n_reports: int
    n_pairs: int
    n_found: int


def find_copies(readings: Path, output: Path, engine: Engine) -> Found:
    """Find which reports hold another's text.

    Args:
        readings: The output of `read_all`.
        output: A file of Parquet: earlier, later, kind, share, reason; sorted.
        engine: Where to work.

    Raises:
        InputError: There are no readings, or the engine is not there.
        StoreError: The output cannot be written.
    """
    engine.start()
    import daft

    from allegata.scale import functions as steps

    reports = _reports(readings).select("report", "published", "copy_keys")
    reports = reports.distinct("report")
    keyed = reports.explode(reports["copy_keys"]).where(daft.col("copy_keys").not_null())
    by_key = keyed.groupby("copy_keys").agg(
        daft.col("report").list_agg(), daft.col("published").list_agg()
    )
    pairs = _distinct_pairs(
        by_key.select(steps.pair_reports(by_key["report"], by_key["published"]).alias("pair"))
    ).collect()
    bodies = _reports(readings).select(*steps.BODY).distinct("report")
    joined = _with_both(pairs, bodies, steps.BODY)
    told = joined.select(
        steps.copy_of(
            *(joined[f"{side}_{name}"] for side in ("one", "other") for name in steps.BODY)
        ).alias("copy")
    ).where(daft.col("copy").not_null())
    copies = told.select(*(told["copy"].get(name).alias(name) for name in steps.COPY)).sort(
        ["earlier", "later"]
    )
    n_found = _write(copies, output)
    return Found(reports.count_rows(), pairs.count_rows(), n_found)


def find_incidents(readings: Path, output: Path, engine: Engine) -> Found:
    """Put accounts of one happening together.

    Args:
        readings: The output of `read_all`.
        output: A file of Parquet, a row for each account with the incident that it is in; sorted.
        engine: Where to work.

    Raises:
        InputError: There are no readings, or the engine is not there.
        StoreError: The output cannot be written.
    """
    engine.start()
    import daft

    from allegata.scale import functions as steps

    col = daft.col
    reports = _reports(readings).select("report", "publisher", "published", "accounts")
    reports = reports.distinct("report")
    each = reports.explode(reports["accounts"]).where(col("accounts").not_null())
    accounts = each.select(
        "report", "publisher", "published",
        *(each["accounts"].get(name).alias(name) for name in ("id", "features", "orders", "keys")),
    ).collect()  # fmt: skip
    keyed = accounts.select("id", "keys").explode("keys").where(col("keys").not_null())
    by_key = keyed.groupby("keys").agg(col("id").list_agg(), col("id").count().alias("n"))
    plain = by_key.where(col("n") <= MOST_OF_A_KEY)
    crowded = (
        by_key.where(col("n") > MOST_OF_A_KEY)
        .select("keys")
        .join(keyed, on="keys")
        .join(accounts.select("id", "orders"), on="id")
        .groupby("keys")
        .agg(col("id").list_agg(), col("orders").list_agg())
    )
    found = plain.select(steps.pair_accounts(plain["id"]).alias("pair"))
    near = crowded.select(steps.pair_near_accounts(crowded["id"], crowded["orders"]).alias("pair"))
    pairs = _distinct_pairs(found.concat(near)).collect()
    features = accounts.select("id", "features")
    joined = _with_both(pairs, features, ("id", "features"), "id")
    weighed = joined.select(
        "one",
        "other",
        steps.weigh(joined["one_features"], joined["other_features"]).alias("weight"),
    )
    ties = weighed.where(col("weight") > 0.0).collect()
    parts = _components(accounts.select("id").to_pydict()["id"], ties.to_pydict())
    labelled = accounts.join(daft.from_pydict(parts), on="id")
    members = labelled.groupby("part").agg(
        col("id").list_agg(), col("features").list_agg(), col("published").list_agg()
    )
    tied = (
        ties.join(daft.from_pydict(parts), left_on="one", right_on="id")
        .groupby("part")
        .agg(col("one").list_agg(), col("other").list_agg(), col("weight").list_agg())
    )
    whole = members.join(tied, on="part", how="left")
    names = ("id", "features", "published", "one", "other", "weight")
    grouped = whole.select(steps.group_accounts(*(whole[name] for name in names)).alias("told"))
    homes = grouped.explode("told").select(
        col("told").get("incident").alias("incident"), col("told").get("account").alias("id")
    )
    rows = (
        homes.join(accounts.select("id", "report", "publisher", "published", "features"), on="id")
        .select("incident", col("id").alias("account"), "report", "publisher", "published",
                "features")
        .sort(["incident", "account"])
    )  # fmt: skip
    _write(rows, output)
    n_incidents = homes.select("incident").distinct().count_rows()
    return Found(reports.count_rows(), pairs.count_rows(), n_incidents)


def _reports(readings: Path) -> "daft.DataFrame":
    import daft

    if not any(readings.glob("part-*.parquet")):
        raise InputError(
            str(readings), "holds no readings.", "Make them: allegata scale read INPUT OUTPUT."
        )
    return daft.read_parquet(str(readings / "part-*.parquet")).where(daft.col("report").not_null())


def _distinct_pairs(frame: "daft.DataFrame") -> "daft.DataFrame":
    """Pairs as two columns, each once; a pair is written as two ids with a blank between them."""
    import daft

    from allegata.scale.functions import half_of

    pairs = frame.explode("pair").where(daft.col("pair").not_null()).distinct()
    return pairs.select(
        half_of(pairs["pair"], 0).alias("one"),
        half_of(pairs["pair"], 1).alias("other"),
    )


def _with_both(
    pairs: "daft.DataFrame", rows: "daft.DataFrame", names: Sequence[str], on: str = "report"
) -> "daft.DataFrame":
    """Pairs with the columns of both."""
    for side in ("one", "other"):
        own = rows.select(*(rows[name].alias(f"{side}_{name}") for name in names))
        pairs = pairs.join(own, left_on=side, right_on=f"{side}_{on}")
        if f"{side}_{on}" not in pairs.column_names:
            pairs = pairs.with_column(f"{side}_{on}", pairs[side])
    return pairs


def _write(frame: "daft.DataFrame", output: Path) -> int:
    """Write a table to one file, all of it or nothing."""
    from pyarrow import parquet

    part = output.with_name(output.name + ".part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        table = frame.to_arrow()
        parquet.write_table(table, part, compression="zstd")
        part.replace(output)
    except OSError as error:
        raise StoreError(f"{output}: cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return int(table.num_rows)


def _components(names: Sequence[str], ties: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """For each account the number of what hangs together with it."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    order = sorted(names)
    place = {name: number for number, name in enumerate(order)}
    ones = np.fromiter((place[name] for name in ties["one"]), np.int64, len(ties["one"]))
    others = np.fromiter((place[name] for name in ties["other"]), np.int64, len(ties["other"]))
    graph = coo_array((np.ones(len(ones), np.int8), (ones, others)), shape=(len(order),) * 2)
    _, labels = connected_components(graph, directed=False)
    return {"id": order, "part": labels.tolist()}
