"""What work is given to: Daft on this machine, or on a cluster of Ray.

Nothing of it is told to anybody: both programs count their users unless they are asked not to, and
here they are, before they are loaded.
"""

import logging
import os
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegata.errors import InputError

if TYPE_CHECKING:
    import daft

__all__ = ["Engine"]

_QUIET = {
    "DO_NOT_TRACK": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "SCARF_NO_ANALYTICS": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
}
_STARTED: list["Engine"] = []
"""Daft lets a process choose once."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Where work is done.

    Attributes:
        jobs: How many tasks at the same time.
        ray: `local` to start a cluster on this machine, the address of one (`ray://...`, `auto`),
            or None for no Ray at all.
    """

    jobs: int = 1
    ray: str | None = None

    def start(self) -> None:
        """Load it, told to keep quiet; once in a process.

        Raises:
            InputError: It is not installed, or the cluster cannot be reached.
        """
        if _STARTED:
            return
        os.environ.update(_QUIET)
        try:
            import daft
        except ImportError as error:
            raise InputError(
                "allegata scale",
                "needs Daft, which is not installed.",
                "Install it: pip install 'allegata[scale]'.",
            ) from error
        if self.ray is None:
            daft.set_runner_native()
            _STARTED.append(self)
            return
        try:
            import ray
        except ImportError as error:
            raise InputError(
                "--ray",
                "needs Ray, which is not installed.",
                "Install it: pip install 'allegata[scale,ray]'.",
            ) from error
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                if not ray.is_initialized():
                    self._join()
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise InputError("--ray", f"cannot be reached: {error}.") from error
            daft.set_runner_ray(noop_if_initialized=True)
            _STARTED.append(self)

    def _join(self) -> None:
        import ray

        local = self.ray == "local"
        ray.init(
            address=None if local else self.ray,
            num_cpus=max(2, self.jobs) if local else None,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": _QUIET},
        )

    def spread(self, frame: "daft.DataFrame", n_tasks: int) -> "daft.DataFrame":
        """Cut a table of tasks so that each machine gets some; one machine needs no cutting."""
        return frame if self.ray is None else frame.into_partitions(max(1, n_tasks))
