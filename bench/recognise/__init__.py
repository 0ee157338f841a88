"""How well changed copies are recognised, beside the peers: python -m bench.recognise."""

import os

# One thread, set before NumPy is loaded: costs are stated for one core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
