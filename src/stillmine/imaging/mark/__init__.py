"""Hide a mark for one person in a picture, and read from a leaked copy whose mark it carries.

Marking and reading need OpenCV and run in the limited child (`marking`, `evidence`, `files`); what
is imported here needs none.
"""

from stillmine.imaging.mark.chips import SEED_BYTES
from stillmine.imaging.mark.reading import Evidence
from stillmine.imaging.mark.verdict import BOUND, Named, Verdict, verdict, z

__all__ = ["BOUND", "SEED_BYTES", "Evidence", "Named", "Verdict", "verdict", "z"]
