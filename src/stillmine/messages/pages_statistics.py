"""The words of the pages with figures: what one gives, what many gave, and a letter about them."""

from __future__ import annotations

FIGURES: dict[str, str] = {
    "name": "How long sites took",
    "about": "Figures of how long sites took, without a name. You decide who gets them.",
    "title": "Figures to give",
    "lede": "How long sites took to answer your letters, in a few coarse words. It names no "
    "person, no page and no day. Nothing is sent.",
    "why": "Why give figures at all?",
    "why_text": "Sites say of themselves how fast they are. Nobody knows how long it really takes "
    "for those who ask. A group that collects such files can show it.",
    "how": "Why nobody can be found in them",
    "how_text": "Each value is one of a few words, or a week. One line in ten is left out by "
    "chance, so nobody can say of a letter that it is in there. Whoever joins many files "
    "shows a figure only where five cases or more stand behind it.",
    "go": "Make the figures",
    "made": "This is all that is in the file",
    "made_text": "Look at each line first. If you want, save the file and give it to somebody.",
    "none": "There is nothing to count yet",
    "none_text": "Lines come from letters that you noted as sent.",
    "left_out_one": "{count} line was left out by chance.",
    "left_out": "{count} lines were left out by chance.",
    "rows": "The lines",
    "again": "Each time other lines are left out. Give one file only, once.",
    "join": "Join the files of many people",
}

COLUMNS: dict[str, str] = {
    "platform": "Site",
    "channel": "Way",
    "legal_basis": "Law",
    "country_group": "Part of the world",
    "content_kind": "Kind",
    "week": "Week",
    "outcome": "What came of it",
    "hours_to_acknowledgement": "Hours to an answer",
    "hours_to_removal": "Hours to removal",
    "hours_waited": "Hours waited",
    "within_statutory": "In the time of the law",
    "reuploads": "Back again",
    "urls": "Pages",
}

JOINED: dict[str, str] = {
    "title": "Join the files of many people",
    "lede": "See how long it really takes, from many files of figures. They stay on this computer.",
    "files": "Choose the files",
    "files_hint": "All at once. Each file counts once, also when it comes under two names.",
    "nothing": "Choose the files first.",
    "go": "Join them",
    "made": "How long it took",
    "read_one": "{count} file was read.",
    "read": "{count} files were joined.",
    "held_one": "{count} figure is not shown: fewer than five cases stand behind it.",
    "held": "{count} figures are not shown: fewer than five cases stand behind each.",
    "none": "No figure can be shown yet",
    "none_text": "Each needs five cases or more. Ask for more files.",
    "curve": "{platform}, {channel}: still online after the first letter, {cases} cases",
    "how": "How to read the curves",
    "how_text": "The line falls when pictures are gone: at 50, half of them are. The band says how "
    "sure that is: in 95 of 100 such samples the truth lies in it. A case that is still open "
    "counts for as long as it was seen (Kaplan-Meier). Steps of time are not to scale.",
    "table": "The same as a table",
    "share": "{share} of 100",
    "between": "{share} ({low} to {high})",
    "not_seen": "not seen",
    "site": "Site",
    "way": "Way",
    "cases": "Cases",
    "half": "Half were gone within",
    "last": "Still online in the end, of 100",
    "in_time": "In the time of the law",
    "back": "Came back",
    "more_one": "{count} more is in the files to save.",
    "more": "{count} more are in the files to save.",
    "save": "Save the curves and the table",
    "again": "Join other files",
}

LETTER: dict[str, str] = {
    "name": "A letter to somebody who makes laws",
    "title": "A letter to your representative",
    "lede": "It compares the law where you live with the best one that is known, with where each "
    "was read. Nothing in it is about you.",
    "country": "Which country?",
    "country_needed": "Choose a country.",
    "ending": "As what?",
    "pdf": "PDF",
    "txt": "Plain text",
    "go": "Write it",
}
