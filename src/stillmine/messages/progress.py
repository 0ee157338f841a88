"""What is said while work goes on: a few words for each stretch of it."""

from __future__ import annotations

DOING: dict[str, str] = {
    "doctor.looking": "Looking at this computer",
}
