"""The words of the journey for two: somebody helps, and somebody is helped."""

from __future__ import annotations

BEFORE: dict[str, str] = {
    "door": "Are you here to help somebody?",
    "title": "Before you look together",
    "lede": "Read this with the person you help. Each look is for them to decide.",
    "sees": "What the helper sees",
    "sees_names": "The names of files, and whether one looks like another.",
    "sees_file": "What a file says besides its picture, such as a place or a name.",
    "sees_typed": "What somebody types here.",
    "not": "What does not happen",
    "not_shown": "No picture is shown on these pages.",
    "not_kept": "Nothing is kept on this computer, unless you both want it at the end.",
    "not_sent": "Nothing is sent without one more yes.",
    "how": "How it goes",
    "how_ask": "Before each look, the person is asked on the screen.",
    "how_once": "A yes is for one look. For the next one they are asked again.",
    "how_no": "They can say no at any time, and need not say why.",
    "care": "Before you begin",
    "care_free": "Can the person say no here? If somebody makes them do this, stop now and press "
    "Leave.",
    "care_stick": "Files are best on a stick that the person takes away again.",
    "care_window": "The window in which files are chosen may show small pictures. Let the person "
    "choose, and look away.",
    "care_vault": "The vault of the helper is open, and not needed for this. Lock it first, on top "
    "of the page.",
    "go": "We have read it",
}

WISH: dict[str, str] = {
    "title": "What shall we look at?",
    "lede": "One thing at a time. The person is asked before it.",
    "question": "Next",
    "compare": "Is one of my pictures in these files?",
    "compare_hint": "Bring the pictures, and what turned up: screenshots, videos, saved pages.",
    "inspect": "What does this file say about me?",
    "inspect_hint": "The place, the time, the device, names, hidden small pictures.",
    "site": "Who can take it down there?",
    "site_hint": "For a page or a site: where it takes reports, or who runs it.",
    "nothing": "Nothing more",
    "nothing_hint": "Go on to what you take with you.",
    "refused": "No is a good answer. Nothing was looked at.",
    "done": "What was looked at so far",
}

CONSENT: dict[str, str] = {
    "title": "Is this all right for you?",
    "lede": "This page is for the person who is helped. Read it yourself, or let it be read to "
    "you.",
    "what": "What is looked at",
    "sees": "What the helper sees",
    "not": "What does not happen",
    "once": "Your yes is for this one look, in the next {minutes} minutes. Before the next look "
    "you are asked again.",
    "question": "May we look?",
    "yes": "Yes, this once",
    "no": "No",
    "no_hint": "You need not say why.",
    "choose": "The person who is helped chooses one of these.",
    "why_text": "It is about you, so it is yours to decide. Somebody who helps you asks, and can "
    "hear a no.",
    "compare_what": "Your pictures, and the files in which they may be. The program compares them "
    "in memory.",
    "compare_sees": "The names of the files, and which of them look alike. No picture.",
    "inspect_what": "One file: what it says besides the picture.",
    "inspect_sees": "What the file says: maybe where you were, when, with which device, and names "
    "in it. No picture.",
    "site_what": "The address of a page, or the name of a site. The page is not opened.",
    "site_sees": "The address that you type, and where that site takes reports.",
    "local_not": "Nothing is copied, kept or sent.",
    "site_not": "Nothing is kept. Nothing is sent, unless you say one more yes to it.",
}

LOOK: dict[str, str] = {
    "said": "Said yes at {time}, for this look.",
    "compare": "Choose the files",
    "compare_lede": "The person chooses. The files are read into memory, and nothing is written.",
    "own": "Pictures of the person",
    "own_hint": "The pictures or videos that are looked for. You can choose several.",
    "found": "Where they may be",
    "found_hint": "Such as screenshots, videos or saved pages. You can choose many.",
    "compare_go": "Compare them",
    "inspect": "Choose one file",
    "inspect_lede": "The person chooses. It is read into memory, and nothing is written.",
    "file": "Picture, video or PDF",
    "inspect_go": "See what it says",
    "site": "Which page or site?",
    "site_lede": "The page is not opened, and nobody is told.",
    "address": "Address of the page, or name of the site",
    "address_hint": "The whole address from the bar on top of the browser. Or a name, such as "
    "Reddit.",
    "country": "Where does the person live?",
    "country_hint": "It decides which laws a letter names. You can leave it open.",
    "site_go": "See where to ask",
    "needed": "Choose at least one file here.",
    "one": "Choose one file.",
    "no_address": "Write an address or a name.",
    "result": "What it showed",
    "more": "Look at something else",
    "again": "Ask for this look once more",
    "spent": "The yes was for this one look. To try it once more, ask again.",
    "no_site": "This is no address, and no name that is known here. Copy the whole address.",
}

TOLD: dict[str, str] = {
    "compare": "Pictures and files compared",
    "compare_counts": "Pictures: {own}. Compared with: {looked_at}.",
    "compare_match": "In {file}: {said}",
    "compare_none": "None of the pictures was found. That is no proof that none is in there: the "
    "person knows them best.",
    "compare_nothing": "There was nothing that could be compared.",
    "compare_unknown": "{file}: nothing in it can be known again.",
    "compare_skipped": "{file}: {why}",
    "inspect": "What a file says",
    "inspect_file": "The file: {file}",
    "inspect_none": "Besides the picture it says nothing that could be found.",
    "inspect_stays": "What stays in any copy: {what}",
    "inspect_clean": "On their own computer, the person can make a copy without all that can "
    "be taken out.",
    "site": "Where to ask",
    "site_of": "The site: {site}",
    "site_page": "The page: {page}",
    "site_report": "They take reports here: {url}",
    "site_mail": "They take letters here: {mail}",
    "site_for": "{said}",
    "site_read": "Read at {source} on {day}.",
    "site_unknown": "It is not one of the sites that are known here.",
    "site_no_way": "Nobody could confirm yet where they take reports.",
    "site_nobody": "Nobody could be found who runs it.",
    "host": "{name}: {ways}",
    "letter": "Letter to {to}, for the person to sign and to send",
}

HOST: dict[str, str] = {
    "title": "Find out who runs it",
    "lede": "Your computer asks for this. You see first who learns what.",
    "go": "Ask who runs it",
}

HAND_OVER: dict[str, str] = {
    "title": "What the person takes with them",
    "lede": "This is all that came of it. It holds no picture. It is theirs.",
    "nothing": "Nothing was looked at, so there is nothing to hand over but people to talk to.",
    "dropped": "What was looked at is not in memory any more.",
    "country": "Where does the person live?",
    "country_hint": "Then people to talk to there are in it as well.",
    "show": "Show",
    "inside": "What is in it",
    "text": "All of it as text",
    "copy": "Copy",
    "how": "How to hand it over",
    "how_write": "Write down on paper what counts.",
    "how_phone": "Open the text below. The person can take photos of it with their own phone.",
    "how_save": "Or save it as a file, best on the stick of the person. A file that lies on this "
    "computer stays here until you remove it.",
    "save": "Save it as a file",
    "read": "A letter in it has no name below. Only the person signs it, and sends it when they "
    "wish. Read it before, and change what is not so.",
    "head": "Notes of {day}",
    "looks": "What was looked at. Before each look there was a yes.",
    "look": "{number}. {title} (yes at {time})",
    "people": "People to talk to",
    "no_advice": "None of this is legal advice. No picture is in this file.",
}

AGREED: dict[str, str] = {
    "title": "Is anything kept here?",
    "lede": "The person decides, and the helper can say no as well.",
    "question": "What is kept on this computer?",
    "nothing": "Nothing",
    "nothing_hint": "What was looked at is taken out of memory now. Hand it over first.",
    "case": "A case, sealed in the vault of the helper",
    "case_hint": "What was seen, as words, with the time of each yes. No picture. Then the helper "
    "can write letters and keep the times.",
    "both": "Only if both of you want it",
    "person": "The person who is helped says yes to it",
    "helper": "The helper says yes to it, and keeps it safe",
    "label": "How the case is called",
    "label_hint": "A name that only you two know. Not the real one, if it need not be.",
    "country": "Where does the person live?",
    "country_hint": "It decides which laws and times count.",
    "open": "Open my vault",
    "make": "Make a vault",
    "no_vault": "For a case, the vault of the helper has to be open.",
    "choose": "Choose one of these.",
    "both_needed": "Both have to say yes to it. If one of you is unsure, choose nothing.",
    "label_needed": "Give it a name, so that you find it again.",
    "country_needed": "Choose a country.",
    "open_first": "The vault is not open. Open it first, or choose nothing.",
    "is_kept": "It is kept in a case. You both said yes to that on {day}.",
    "is_kept_text": "The person can change their mind. Then forget the case.",
    "see": "Go to the case",
    "forget": "Forget the case",
    "note": "Kept here with a yes of the person who is helped, and of the helper.",
    "note_look": "Looked at with a yes of {time}: {title}",
    "why_text": "What is not kept cannot be found, lost or asked for. But letters have to be "
    "answered in time, and somebody has to watch for that.",
}

OVER: dict[str, str] = {
    "title": "What is still on this computer",
    "dropped": "What you looked at is out of memory, and nothing of it was kept.",
    "kept": "The case is in the vault of the helper, sealed. What you looked at is out of memory.",
    "lede": "This program cannot reach what others keep. Look at it together.",
    "browser": "The browser keeps in its list that “Notes” was open at 127.0.0.1. It says nothing "
    "of what it was about.",
    "saved": "A file that you saved lies where you saved it, and may stand in a list of files that "
    "were used last.",
    "files": "Files that lay on this computer before are still there. The program copied none.",
    "stick": "If there was a stick, take it out and give it back.",
    "copied": "What you copied can still be pasted. Copy some other word now.",
    "memory": "The system may have put memory on the disk. A disk that is encrypted as a whole "
    "protects from that.",
    "case": "To remove the case later, forget it on its page. Backups may still hold it, sealed.",
    "next": "Next you see who listens to the person. Some are there for those who help, too: "
    "beside each name stands whom they are for.",
    "see": "Go to the case",
}
