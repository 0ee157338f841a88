"""Read what web servers answer: which pictures a page shows, and where it leads."""

from stillmine.watch.reading.web_page import WebPage, read_page

__all__ = ["WebPage", "read_page"]
