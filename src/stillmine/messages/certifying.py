"""What stands in the draft of a certification, which a lawyer reads before anybody signs it."""

from __future__ import annotations

CERTIFY: dict[str, str] = {
    "title": "Draft: statement about electronic proof",
    "draft": "This is a draft, for a lawyer to read",
    "draft_text": "It was filled in by a program. Nobody has checked whether it fits the case, or "
    "the court. Sign it only after a lawyer read it, and only if each line is true and you know it "
    "yourself. Strike out what you do not know. A wrong word in it can do harm.",
    "who": "Who makes the statement",
    "who_text": "Somebody who knows how the proof was made: often whoever made it, or an expert "
    "who looked at it.",
    "who_name": "Name",
    "who_work": "Work, and how they know this kind of process",
    "who_part": "What they did in this case, and when",
    "what": "What the statement is about",
    "key": "Key of the case that signed it",
    "how": "How the proof was made",
    "step_program": "The program stillmine {version} made it, on a computer of the person or of "
    "their helper. The clock of that computer said {at}.",
    "step_capture": "It asked for the address {url} with a browser that was signed in nowhere.",
    "step_address": "It noted the address. Nothing was fetched from it.",
    "step_covered": "The pictures and films of the page were not fetched. Their places are "
    "covered.",
    "step_full": "The page was kept as the browser showed it, and all that the site sent for it.",
    "step_host": "It asked public registers who runs the site, and kept what they answered.",
    "step_handed": "The files were handed in by the person. The program did not change them.",
    "step_list": "It made a list of all files in the proof with two sums of each, by SHA-256 and "
    "by SHA3-512. The list is the file proof/manifest.json, which lies in this paper too.",
    "step_sign": "It signed the sum of the list with a key that belongs to this case alone.",
    "step_stamp": "It sent that sum, and nothing else, to these authorities. Each put the time and "
    "its signature to it (RFC 3161): {names}.",
    "step_no_stamp": "No authority was asked for a time stamp.",
    "step_seal": "It sealed the proof. Each later look at it is in the log below.",
    "said": "What the program noted",
    "check": "What a check says now",
    "check_text": "When this draft was made, the program read the whole proof once more and "
    "checked it:",
    "check_none": "The proof could not be opened when this draft was made. So its list of files is "
    "not here.",
    "verdict_unchanged": "It is unchanged.",
    "verdict_changed": "It was changed.",
    "verdict_cannot_tell": "Whether it was changed cannot be told from it alone.",
    "file": "File",
    "files": "Its files",
    "sum": "SHA-256",
    "law": "The words of the law",
    "declare": "Declaration",
    "declare_text": "A lawyer chooses the words that fit, and strikes out the rest.",
    "declare_own": "The words of the declaration are left for a lawyer to fill in.",
    "civil": "For a civil court in England and Wales, the words of the statement of truth are left "
    "for a lawyer. The rule was moved, and its words could not be read on an official page.",
    "us_notice": "The other side needs written notice before the trial, with time to look at the "
    "record and at this paper. They can still object for other reasons.",
    "sign": "Signature",
    "place": "Place and date",
    "words": "Words of the declaration",
    "manifest": "The list of all files in the proof, with their sums",
}
"""The draft; words that a law gives are in `act.papers.wordings`."""

WHY_READ = "it was read for the draft of a statement about it"
"""What the log says of that."""
