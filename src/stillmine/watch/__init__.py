"""Watch: find copies of the person's own pictures, and let others look for them too."""

from stillmine.watch import compare, exchange, fingerprints

__all__ = ["compare", "exchange", "fingerprints"]
