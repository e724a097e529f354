"""The figures that the reader has to reach, and what people and others reach."""

from dataclasses import dataclass

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is measured against, as shares of 1.

    Attributes:
        reach: It has to reach this.
        aim: It aims at this.
        people: Two annotators of the same document, scored the same way (for PolNeAR those of 16
            training documents that five or six people annotated).
        published: The best figure published, on PolNeAR's test portion.
    """

    reach: float | None = None
    aim: float | None = None
    people: float | None = None
    published: float | None = None


TARGETS: dict[tuple[str, str], Target] = {
    ("gold dev", "founding article: claims"): Target(reach=1.0),
    ("gold dev", "founding article: parent"): Target(reach=1.0),
    ("gold dev", "founding article: cue"): Target(reach=1.0),
    ("gold dev", "claims"): Target(reach=0.80),
    ("gold dev", "parent"): Target(reach=0.90),
    ("gold dev", "cue"): Target(reach=0.90),
    ("gold dev", "act"): Target(reach=0.85),
    ("gold dev", "said"): Target(reach=0.85),
    ("gold dev", "offsets"): Target(reach=1.0),
    ("polnear dev", "source"): Target(0.80, 0.825, 0.780, 0.832),
    ("polnear dev", "cue"): Target(0.73, 0.755, 0.705, 0.753),
    ("polnear dev", "content"): Target(0.675, 0.72, 0.705, 0.729),
    ("polnear dev", "triple"): Target(0.48, 0.53, 0.578),
    ("polnear dev", "triple lenient"): Target(0.60, 0.64, 0.676),
    ("polnear dev", "source recall, common cues"): Target(reach=0.93),
    ("polnear dev", "cue recall, common cues"): Target(reach=0.95),
    ("polnear dev", "content recall, common cues"): Target(reach=0.85),
}
