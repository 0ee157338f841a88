"""Watch: find copies of the person's own pictures, and let others look for them too."""

from stillmine.watch import exchange

__all__ = ["exchange"]
