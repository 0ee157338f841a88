"""What leaked elsewhere: whether a password or a mail address of yours is among it."""

from stillmine.watch.breaches import mail, password

__all__ = ["mail", "password"]
