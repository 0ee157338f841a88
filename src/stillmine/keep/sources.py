"""Find and open the files to keep, as everything does that reads what a person named."""

from stillmine.app.sources.finding import OpenSource, Skipped, find_files, skipped

__all__ = ["OpenSource", "Skipped", "find_files", "skipped"]
