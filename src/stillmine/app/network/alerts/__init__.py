"""Tell a person something short, by the ways that they chose, and by no other."""

from stillmine.app.network.alerts.address import KINDS, read_address, wrong
from stillmine.app.network.alerts.sending import Channel, Message, find_out, send

__all__ = ["KINDS", "Channel", "Message", "find_out", "read_address", "send", "wrong"]
