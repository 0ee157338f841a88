"""The words of journeys: the first hour, and what was found online."""

from __future__ import annotations

JOURNEY: dict[str, str] = {
    "steps": "Steps",
    "back": "Back",
    "on": "Go on",
    "skip": "Not now, go on",
    "later": "Save for later",
    "kept": "What you did so far is kept in your vault. You can leave, and go on here next time.",
    "not_kept": "What you did so far is only in memory. It is gone when you leave or lock.",
    "forget": "Begin anew, and forget what I said",
    "go_on_with": "Go on where you were",
    "why": "Why we ask",
}

NAMES: dict[str, str] = {
    "first-hour": "The first hour",
    "found-online": "I found something",
    "was-under-18": "I was under 18",
    "before-sharing": "Before I share",
    "helping": "I help somebody",
    "taking-along": "Take all of it with me",
}

ABOUT: dict[str, str] = {
    "first-hour": "What helps now, one step at a time. You can stop at each one.",
    "found-online": "A page or a picture: is it mine, and what can be done?",
    "was-under-18": "In the picture, or maybe. There are people just for that.",
    "before-sharing": "Cover what gives you away, mark the copy, and hand it over safely.",
    "helping": "For helpers: ask before each look, and leave nothing behind.",
    "taking-along": "Get all of it out, and remove the traces here.",
}

STEPS: dict[str, str] = {
    "under-18": "First",
    "children": "Who helps",
    "people": "A person",
    "safe": "Safe first",
    "keep": "Where to write",
    "have": "What you have",
    "picture": "Is it mine",
    "whose": "Whose copy",
    "where": "Where it is",
    "proof": "Proof",
    "hashes": "Let them look",
    "ask": "Ask",
    "next": "What comes next",
    "pick": "Pick",
    "cover": "Cover",
    "whom": "For whom",
    "how": "How",
    "again": "Look again",
    "done": "Done",
    "before": "Before",
    "wish": "What",
    "consent": "Ask first",
    "look": "Look",
    "hand-over": "Hand over",
    "agreed": "Keep or not",
    "over": "What stays",
    "host": "Who runs it",
    "gone": "Gone",
    "what": "What",
    "where-to": "Where to",
    "carry": "All there",
    "traces": "Traces",
}

BEGIN: dict[str, str] = {
    "title": "One thing first",
    "lede": "Nothing is opened, copied or kept before you answer.",
    "question": "Was anybody in the pictures under 18 when they were made?",
    "no": "No, everybody was 18 or older",
    "yes": "Yes",
    "unsure": "I am not sure",
    "why_text": "Pictures of somebody under 18 need other hands. There are people who take them "
    "down fast, without seeing them and without asking for a name. Here nothing of such a picture "
    "may be opened, not even to help.",
    "choose_one": "Choose one of these.",
}

CHILDREN: dict[str, str] = {
    "title": "You are not to blame, and there is help",
    "lede": "Nothing was opened and nothing was kept here. These people do this every day.",
    "what_to_do": "What helps now",
    "who": "Who takes it down, and who listens",
    "country": "Which country are you in?",
    "show": "Show",
    "end": "To the first page",
}

LISTEN: dict[str, str] = {
    "title": "You do not have to do this alone",
    "lede": "You can talk to somebody now, or go on and come back to this. It is on every page.",
    "country": "Which country are you in?",
    "country_hint": "Nothing is sent. It decides which people, laws and times are yours.",
    "show": "Show",
    "who": "Who listens",
    "none": "No number could be confirmed yet for this country. A doctor, the police or somebody "
    "you trust can help to find one.",
}

SAFE: dict[str, str] = {
    "title": "You first",
    "lede": "Read what fits. There is nothing here that you have to do.",
    "now": "You",
    "device": "This device",
    "noticed": "So that nobody is tipped off",
    "threats": "If somebody demands something",
    "threatened": "Somebody demands money, pictures or something else of me",
    "threatened_hint": "Then the next steps fit that.",
}

KEEPING: dict[str, str] = {
    "title": "Where to write things down?",
    "lede": "Addresses, proof and letters need a safe place. That is what the vault is for.",
    "question": "Where?",
    "vault": "In my vault",
    "vault_hint": "Sealed. Only you can open it. You can go on here after a week.",
    "without": "Nowhere",
    "without_hint": "You see what to do and where to ask. Nothing is kept.",
    "why_text": "Proof is only good when it can be shown later, unchanged. The vault seals it, and "
    "notes who opened it. Who uses this computer with you can see that there is a vault, not "
    "what is in it.",
    "make": "Make a vault",
    "open": "Open my vault",
    "open_first": "The vault is not open yet. Open it first, or choose nowhere.",
    "is_open": "Your vault is open.",
    "make_about": "It takes two minutes: a passphrase, and twelve words on paper. Then you come "
    "back here.",
}

WHERE: dict[str, str] = {
    "title": "Where is it?",
    "lede": "Copy the whole address of each page, one in each line. We do not open them, and "
    "nobody is told.",
    "label": "Addresses of pages",
    "hint": "From the bar on top of the browser. It begins with https://. In an app: Share, then "
    "copy the link.",
    "write": "Write them down",
    "known": "Written down so far",
    "none": "There is no address yet.",
    "why_text": "Each letter has to name the exact page or picture. With the front page of a site "
    "nobody can find it.",
    "skip_hint": "You can do that later. Without an address nobody can be asked to remove it.",
}

PROOF: dict[str, str] = {
    "title": "Keep proof before it changes",
    "lede": "When it is gone, nobody can show it any more. You need not look at it for this.",
    "page": "Page",
    "how": "How much is kept?",
    "covered": "The page, its pictures covered",
    "covered_hint": "Enough for most reports. The pictures are not loaded.",
    "full": "The page as it is, with its pictures",
    "full_hint": "Only if the police or a lawyer asked for it. It is sealed in your vault.",
    "no_stamp": "Ask nobody to confirm the time",
    "no_stamp_hint": "A time stamp shows since when the proof is unchanged. Who gives it sees a "
    "number and your address on the internet, not what was kept.",
    "go": "Keep proof of this page",
    "done_title": "Proof of every page is kept",
    "done_text": "It lies sealed in your vault.",
    "made": "Proof is kept, sealed in your vault.",
    "kept": "Proof is kept",
    "waiting": "No proof yet",
    "nothing": "There is no address yet, so there is nothing to keep proof of.",
    "list": "Your pages",
}

HOSTS: dict[str, str] = {
    "title": "Who can take it down?",
    "lede": "Known sites take reports themselves. For others, there is somebody who runs them.",
    "nothing": "There is no address yet, so nobody can be asked.",
    "known": "This site is known here. It takes reports itself.",
    "unknown": "This site is not known here. Your computer can ask who runs it.",
    "nobody": "Nobody could be named. You can still write to an address that you find there.",
    "next": "Next:",
    "go": "Find out who runs it",
    "other": "It is not in the list",
    "site": "Address of the page",
    "site_hint": "You see first who learns what. Nothing is kept.",
    "no_site": "This is no address. Copy the whole one; it begins with https://.",
    "why_text": "Some sites do not answer. Whoever rents out the space for them can act, too, and "
    "the letter can go there.",
}

HASHES: dict[str, str] = {
    "title": "Let the platforms look themselves",
    "lede": "StopNCII is for adults. Your device makes a fingerprint of the picture. The picture "
    "stays with you.",
    "what": "Platforms that take part compare it with what people upload, and can block it. This "
    "can help before others post it, too.",
    "limits": "It does not reach every site. And they ask you some things; you need not give "
    "your name.",
    "one": "Use a device that you trust, and that has the pictures. Do not send them to anybody.",
    "two": "Open the page below in a private window of your browser.",
    "three": "Choose the pictures there. Only their fingerprints are sent.",
    "four": "Write the case number and the PIN on paper. Nobody can give them to you again.",
    "open": "Open the page of StopNCII",
    "leaves": "That page sees that you came, and your browser notes it.",
    "number": "The case number that they gave you",
    "number_hint": "Only if you want to be reminded to look how it stands. Never the PIN.",
    "note": "Note it",
    "noted": "The number is noted. The clock reminds you to look how it stands.",
}

NEXT: dict[str, str] = {
    "title": "What comes next",
    "lede": "You did what can be done today. This is how it goes on, the first thing first.",
    "nothing": "Nothing was kept, so nothing will remind you. You can begin again at any time.",
    "steps": "What you can do",
    "look": "Look at the page",
    "read": "Read at {source} on {day}.",
    "end": "Done for now",
    "rest": "It is enough for now. Eat, sleep, talk to somebody. The rest can wait a little.",
}

ASK: dict[str, str] = {
    "title": "Ask for it to come down",
    "lede": "The letter is written for you. You send it yourself: nothing goes out from here.",
    "who": "Who signs?",
    "who_hint": "Without a name and an address to answer to, many sites do nothing. A mail address "
    "only for this is a good idea.",
    "name": "Name",
    "name_hint": "Some laws want your legal name. The letter asks them not to pass it on.",
    "mail": "Mail address",
    "role": "Who are you?",
    "subject": "I am the person in the pictures",
    "agent": "I help the person in the pictures",
    "note": "Keep this",
    "pages": "Your pages",
    "none": "No letter yet",
    "letter_to": "Letter to {to}: {state}",
    "write_for": "For which page?",
    "recipient": "Which site or company?",
    "recipient_hint": "Leave it empty to find it by the address. Or its name, such as Discord.",
    "shows": "What do the pictures show?",
    "intimate": "They are intimate",
    "nude": "They show me without clothes",
    "sexual": "They show something sexual",
    "made": "Are they real?",
    "real": "Yes",
    "changed": "No, made or changed with a computer",
    "unsure": "I do not know",
    "language": "Language of the letter",
    "write": "Write the letter",
    "all_written": "There is a letter for each page.",
    "letter": "Your letter to {to}",
    "ready": "Nothing that the law asks for is missing. Read it, and change what is not so.",
    "not_ready": "Something is missing",
    "not_ready_text": "With this it counts more before the law. Go back, add it, write it anew.",
    "form": "Their form",
    "open_form": "Open their form",
    "leaves": "That page sees that you came, and your browser notes it.",
    "by_mail": "By mail, to",
    "paste": "Copy these into the fields of their form",
    "paste_hint": "The form may have another order.",
    "copy": "Copy",
    "whole": "The whole letter",
    "reveals": "What they learn about you",
    "also": "Also possible at the same time",
    "why_law": "Why this law",
    "sent": "I have sent it",
    "sent_hint": "Then the clock runs, and you see what to do when they do not answer.",
    "not_sent": "Back to the pages",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "platforms_lede": "Each place has its own way. This is what could be confirmed.",
    "platform": "Where is it?",
    "show": "Show",
    "report": "Report here",
    "read": "Read at {source} on {day}.",
    "no_way": "Nobody could confirm yet where they take reports. Look for “report” on the page "
    "itself, and never pay for it.",
}
