"""Watch: find copies of the person's own pictures, and let others look for them too."""

from stillmine.watch import compare, exchange, fingerprints
from stillmine.watch.placing import adding, listing

__all__ = ["adding", "compare", "exchange", "fingerprints", "listing"]
