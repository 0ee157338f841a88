"""What stands in a report for the police or a lawyer, and in the draft of a certification."""

from __future__ import annotations

REPORT: dict[str, str] = {
    "title": "Report: intimate pictures put online",
    "summary_title": "Short report: intimate pictures online",
    "about": "About this report",
    "about_text": "A person keeps this record of where intimate pictures of them are online, of "
    "what was kept as proof, and of what was asked of whom. It was written by the program "
    "stillmine {version} from that record. It is no legal advice. No picture is inside.",
    "about_pictures": "A person keeps this record of where intimate pictures of them are online, "
    "of what was kept as proof, and of what was asked of whom. It was written by the program "
    "stillmine {version} from that record. It is no legal advice. The screenshots at its end show "
    "the pages. Show them to nobody who does not need to see them.",
    "glance": "At a glance",
    "case": "Case",
    "person": "The person in the pictures",
    "signs": "Who writes for the person",
    "country": "Country",
    "opened": "Opened",
    "noted": "Last noted",
    "adult": "Age",
    "adult_text": "Before anything was kept, the person said that nobody in the pictures was under "
    "18.",
    "threats": "Threats",
    "threats_text": "Somebody asks for something, and says that they will show the pictures to "
    "others if not.",
    "addresses": "Addresses",
    "proofs": "Proof",
    "letters": "Letters",
    "count_addresses": "{count} in all: {there} still there, {gone} gone, {unknown} not looked at",
    "count_proofs": "{count} kept, {stamped} of them with a time stamp",
    "timeline": "Timeline",
    "when": "When (UTC)",
    "what": "What",
    "name": "Name",
    "address": "Address",
    "account": "Account that posted",
    "state": "State",
    "seen": "Looked at (UTC)",
    "written_utc": "Written (UTC)",
    "made_utc": "Kept (UTC)",
    "there": "there",
    "gone": "gone",
    "unknown": "not known",
    "kind": "Kind",
    "kind_capture": "a page that was captured",
    "kind_import": "files that were handed in",
    "kind_receipt": "a receipt",
    "kind_host": "what public registers say of a site",
    "level": "How it was kept",
    "level_address": "the address only",
    "level_covered": "the page with its pictures covered",
    "level_full": "the page as it was",
    "made": "Kept",
    "size": "Size",
    "bytes": "{count} bytes",
    "root": "Sum of the list of all its files (SHA-256)",
    "stamped": "Time stamps by",
    "no_stamp": "none",
    "about_what": "Shows",
    "handed_in": "Files handed in",
    "handed_file": "{name}, {size} bytes, SHA-256 {sha256}",
    "check": "How to check the proof",
    "check_text": "Each proof is one file. With the file at hand, anybody can check it on any "
    "computer. The program says in words whether it is unchanged, changed and what, or why that "
    "cannot be told:",
    "check_key": "The key of this case is {key}. It has to have signed each proof of the case.",
    "check_without": "It can be checked by hand too, without this program. These steps stand in "
    "the page proof/readme.txt of each proof as well:",
    "proof": "Proof",
    "letter": "Letter",
    "letter_to": "To",
    "written": "Written",
    "under": "Under",
    "concerns": "Concerns",
    "stands": "How it stands",
    "deadlines": "Deadlines",
    "letter_steps": "What became of it",
    "due_legal": "{at} at the latest, by {name}. It began at {began}. Read at {source} on {day}.",
    "due_authority": "{at} at the latest for the authority, by {name}. It began at {began}. "
    "Read at {source} on {day}.",
    "not_started": "{name}: {why}",
    "custody": "Who had the proof in hand",
    "custody_text": "The vault writes a line by itself each time that a proof is kept, opened or "
    "forgotten. Each line holds the sum of the one before, so that none can be changed or left "
    "out unseen.",
    "custody_whole": "The log was checked when this report was made. It has {lines} lines and is "
    "whole. The sum of the last line: {hash}",
    "custody_broken": "The log was checked when this report was made. It is not as it was written: "
    "line {line} is {what}.",
    "custody_none": "No proof was kept, so there is no log.",
    "why": "Why",
    "done_kept": "kept",
    "done_opened": "opened",
    "done_forgotten": "forgotten",
    "done_not_kept": "not kept after all",
    "broken_missing": "missing",
    "broken_changed": "changed",
    "broken_moved": "not in its place",
    "broken_cut": "cut off",
    "screenshots": "Screenshots",
    "screenshot_of": "Proof {proof}: {what}",
    "screenshot_gone": "Proof {proof}: there is no screenshot that could be shown.",
    "and_more": "and {count} more",
    "file_about": "The facts of this report for programs (JSON)",
    "summary_more": "The full report has the timeline, the sums, and how to check the proof.",
}
"""The report, and its short form."""

TIMELINE: dict[str, str] = {
    "opened": "The case was opened.",
    "address": "The address {name} was noted.",
    "proof": "The proof {name} was kept.",
    "letter": "The letter {name} to {to} was written.",
    "step": "The letter {name} to {to}: {state}.",
}
"""Lines of the timeline that the parts of a case tell by themselves."""

WHY_OPENED = "its screenshot was put into a report"
"""What the log says of a look at a proof."""
