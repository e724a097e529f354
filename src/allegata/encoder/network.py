"""The network: checked and opened in a thread beside the others, run by whoever reads."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.weights import Weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["Network"]


class Network:
    """A network that is ready when something is first asked of it.

    Its hash is checked and it is opened by foreign code that leaves Python free for a tenth of a
    second: meanwhile tables are loaded.

    Args:
        weights: Tell where it lies and what its hash is.
        n_threads: Threads that it computes with.
    """

    def __init__(self, weights: Weights, n_threads: int) -> None:
        opener = ThreadPoolExecutor(max_workers=1)
        self._opening = opener.submit(_open, weights, n_threads)
        opener.shutdown(wait=False)

    def wait(self) -> None:
        """Wait until it is open.

        Raises:
            WeightsError: It is absent or altered.
        """
        self._opening.result()

    @cached_property
    def outputs(self) -> frozenset[str]:
        """The names of what it tells; errors as `wait`."""
        return frozenset(output.name for output in self._opening.result().get_outputs())

    def run(
        self, outputs: Sequence[str], inputs: Mapping[str, NDArray[np.generic]]
    ) -> dict[str, NDArray[np.float32]]:
        """What it tells of a batch; errors as `wait`.

        Args:
            outputs: Names of what is wanted.
            inputs: int64 or bool [batch, pieces or words], by name.

        Returns:
            float32 [batch, words, ...], by name.
        """
        found = self._opening.result().run(outputs, inputs)
        return dict(zip(outputs, found, strict=True))


def _open(weights: Weights, n_threads: int) -> "InferenceSession":
    weights.check_network()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(weights.onnx), options, providers=["CPUExecutionProvider"]
    )
