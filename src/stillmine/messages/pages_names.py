"""The words of the pages about own names: the list, adding one, and showing that it is yours."""

from __future__ import annotations

ROOM = "Your own names"
ROOM_ABOUT = "What may be searched for: handles and addresses that you showed to be yours."

NAMES: dict[str, str] = {
    "title": "Your own names",
    "lede": "A search takes words out of this computer. So the program searches only for words "
    "that you showed to be yours. Nobody can use it to look for somebody else.",
    "none": "There is none yet",
    "none_text": "You need none for a page, a site or a board. There only your own pictures are "
    "looked for.",
    "add": "Add one",
    "list": "Your names",
    "shown": "It may be searched for. You showed it on {day}.",
    "shown_export": "It may be searched for, but not beside a name. You showed it on {day}.",
    "beside": "It is searched for only beside a handle or an address of yours.",
    "not_yet": "Not shown to be yours yet, so nobody is asked about it.",
    "log": "What changed",
    "log_text": "This list stays, also when you take a name out.",
    "log_when": "When",
    "log_what": "What",
    "removed": "It is taken out, and not searched for any more.",
    "places": "To your places",
}
KINDS: dict[str, tuple[str, str]] = {
    "handle": ("A handle", "What you are called at one site, such as kimq7."),
    "mail": ("A mail address", "An address that you can send mail from."),
    "name": (
        "A name",
        "First show a handle or an address: a name is searched for only beside one, because many "
        "people have the same. You may have three. After that, one more in seven days.",
    ),
}
NAME_ADD: dict[str, str] = {
    "title": "Add a name of yours",
    "lede": "Nothing is sent by that. On the next page you see how to show that it is yours.",
    "kind": "What is it?",
    "kind_needed": "Choose one of these.",
    "text": "How it is written",
    "text_hint": "On a server such as Mastodon, type all of it: @name@server.",
    "at": "For a handle: at which site?",
    "at_hint": "For a handle with its server in it, leave this as it is.",
    "at_server": "It has its server in it",
    "at_needed": "Choose the site, or type the handle with its server.",
    "go": "Add it",
}
NAME: dict[str, str] = {
    "at": "At {site}",
    "is_shown": "You showed that it is yours",
    "is_shown_text": "It may be searched for from now on. Take the code out again if it still "
    "stands somewhere.",
    "is_shown_export": "It may be searched for, but not beside a name.",
    "to_places": "Add a place that searches for it",
    "how": "Show that it is yours",
    "again": "Show it once more",
    "again_text": "You need this only where you are asked for it: when you add one more name "
    "after seven days, a site has to agree that the days have passed.",
    "again_go": "Get a code",
    "code_over": "The code is over. Get a new one.",
    "code_none": "Get a code first.",
    "until": "The code is good until {at}.",
    "profile_1": "Put this code into the text about you in your profile at {site}. A comment or "
    "a post does not count.",
    "profile_2": "Then have the program look there, once. Afterwards take the code out again.",
    "profile_care": "Everybody who looks at your profile can read the code for that time.",
    "profile_go": "Look at my profile",
    "mail_1": "Send a mail from {address} to {address}. Let this be its subject, and nothing else:",
    "mail_2": "When it has come, save it as a file, as it came. In many mail programs this is "
    "called Save as, or Show original. Then hand it in here.",
    "mail_why": "Your mail provider signed it. So it shows who sent it, and no password of yours "
    "is needed.",
    "mail_file": "The saved mail (.eml)",
    "mail_needed": "Choose the file with the mail.",
    "mail_go": "Read the mail",
    "export_1": "{site} shows profiles only to people who log in. So ask {site} for a copy of "
    "your data, as JSON. It comes after some hours or days.",
    "export_2": "Then hand it in here. Only the part is read where {site} names the account. All "
    "of it stays on this computer.",
    "export_file": "The copy of your data: the ZIP, or the file in it",
    "export_path": "Or where it lies on this computer, if it is large",
    "export_path_hint": "The whole path of the file or folder.",
    "export_needed": "Choose the file, or type where it lies.",
    "export_go": "Read the copy",
    "export_care": "Whoever has such a copy could change it. So it counts for less: three handles "
    "shown like this, then one more in seven days.",
    "name_text": "It is searched for only beside a handle or an address that you showed by your "
    "profile or by mail. There is nothing else to do here.",
    "name_none": "You have no such handle or address yet. So nobody is asked about this name.",
    "remove": "Take it out",
    "remove_text": "It is not searched for any more, and places that search for it are left out. "
    "The list of changes keeps that it was there.",
}
# What is sent to show that something is own, by the way.
SENDS: dict[str, dict[str, str]] = {
    "profile": {
        "what": "Two questions to the site: what it asks of programs, and then the public "
        "profile of this handle. Never the code.",
        "to": "{site}",
        "they_learn": "That somebody at your network address looks at this profile.",
    },
    "mail": {
        "what": "One question for the key of your mail provider. Never the mail, your address or "
        "the code.",
        "to": "Cloudflare: cloudflare-dns.com",
        "they_learn": "That somebody at your network address asks for the key of this provider.",
    },
}
