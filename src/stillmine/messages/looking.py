"""What is said about a page that was looked at again."""

from __future__ import annotations

# What was seen at an address, and why that is said.
SEEN: dict[str, str] = {
    "there": "still there",
    "gone": "looks gone",
    "changed": "changed",
    "cannot-tell": "cannot tell",
}
WHY_SEEN: dict[str, str] = {
    "answers": "The page answers as usual.",
    "by-law": "The site says that it may not show this, by law.",
    "file": "The address leads to a picture or a video. It was not loaded.",
    "front-page": "The site leads on to its front page. Look yourself.",
    "login": "The site wants you to log in first. Look yourself.",
    "needs-browser": "The page is made by its scripts, which this does not run. Look yourself.",
    "no-answer": "The site did not answer. It may be down for now, or gone.",
    "no-public-address": "The address leads to no place on the public Internet.",
    "not-encrypted": "The site could not prove who it is.",
    "not-found": "The site says that there is no such page.",
    "other-title": "The page is called something else than when proof was kept. Look yourself.",
    "refused": "The site does not let this program look. Look yourself, logged out.",
    "robot-check": "The site wants to see that you are human. Look yourself.",
    "same-title": "The page is called as it was when proof was kept.",
    "says-so": "The page says that it is gone.",
    "strange": "What the site answered could not be read.",
    "trouble": "The site is in trouble. It may be back later.",
}
