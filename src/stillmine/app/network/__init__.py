"""The only way out of this computer: nothing connects without a permit for that one place."""

from stillmine.app.network.permit import THIS_COMPUTER, Permit, destination_of

__all__ = ["THIS_COMPUTER", "Permit", "destination_of"]
