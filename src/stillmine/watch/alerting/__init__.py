"""Hear of a finding: one sentence that gives nothing away, by a way that the person chose."""

from stillmine.watch.alerting import commands

__all__ = ["commands"]
