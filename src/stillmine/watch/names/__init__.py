"""The person's own names: what may be searched for, and how it was shown that it is theirs."""

from stillmine.watch.names import adding, listing, proving, removing

__all__ = ["adding", "listing", "proving", "removing"]
