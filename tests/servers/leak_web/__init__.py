"""A web of leaks on loopback: many hosts of many kinds, good and bad, in one process.

Everything that a host shows, and which copies lie where, comes from numbers. Each request is
written down, so that the manners of whoever looks are proven from the log.
"""
