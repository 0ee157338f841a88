"""The words of the pages about leaks: whether a password or an address of yours is among them."""

from __future__ import annotations

ROOM = "Did a password or an address leak?"
ROOM_ABOUT = "See whether a password of yours, or a mail address, is among what leaked elsewhere."

BREACHES: dict[str, str] = {
    "title": "Did a password or an address leak?",
    "lede": "Who gets into an account may have found its password in an old leak. Here you can "
    "look.",
    "password": "A password",
    "password_about": "Nobody learns which one it is.",
    "mail": "A mail address of yours",
    "mail_about": "For this you need a key of your own, which costs something.",
}
PASSWORD: dict[str, str] = {
    "title": "Is this password among what leaked?",
    "lede": "It is kept nowhere, and no page shows it again.",
    "password": "The password",
    "password_hint": "If the browser offers to keep it, say no.",
    "needed": "Type the password that you want to look for.",
    "leaves": "What leaves this computer",
    "leaves_text": "A sum (SHA-1) is made of the password here. Only its first five signs are "
    "sent, to Have I Been Pwned. Hundreds of other passwords begin with the same five. They send "
    "back all sums that begin so, and the rest is compared here. So they learn neither the "
    "password nor whether it was found. You are asked for a yes first.",
    "set": "Look without asking anybody",
    "set_path": "Where the downloaded set lies",
    "set_hint": "The whole set of Have I Been Pwned, as one file or as a folder. With it nothing "
    "is sent.",
    "go": "Look",
    "seen_one": "This password was seen {count} time",
    "seen": "This password was seen {count} times",
    "seen_text": "It is among what leaked. Whoever tries to get in may know it.",
    "not_seen": "It is not among what is known",
    "not_seen_text": "That is no proof that nobody knows it.",
    "looked_set": "It was looked for in the set on this computer. Nothing was sent.",
    "next": "What you can do",
    "again": "Look for another one",
    "back": "To the start of these pages",
}
MAIL: dict[str, str] = {
    "title": "In which leaks is this address?",
    "lede": "Only an address that you showed to be yours can be asked about. So nobody can look "
    "up somebody else.",
    "none": "There is no such address yet",
    "none_text": "First show that a mail address is yours. It takes one mail to yourself.",
    "none_go": "Add an address",
    "address": "Which address?",
    "address_needed": "Choose one of your addresses.",
    "key": "Your own key for Have I Been Pwned",
    "key_hint": "It has 32 signs. They sell it at haveibeenpwned.com/API/Key. Leave this empty if "
    "you had one kept.",
    "key_needed": "No key is kept yet. Type yours.",
    "keep_key": "Keep the key for the next time",
    "keep_key_hint": "It lies sealed in the vault, and no page shows it.",
    "new_key": "Forget the key that was kept before",
    "without": "Without a key",
    "without_text": "Type your address at haveibeenpwned.com. That page does the same, and costs "
    "nothing. It opens in your browser, which keeps it in its list.",
    "go": "Look",
    "found_one": "{address} is in {count} leak",
    "found": "{address} is in {count} leaks",
    "not_found": "{address} is in no leak that is known",
    "not_found_text": "Or in none that may be told. That is no proof that nothing leaked.",
    "list": "The leaks, the newest first",
    "of": "Of {day}",
    "kept": "Your key lies sealed in the vault.",
    "again": "Look for another one",
    "to_password": "Look whether a password leaked",
    "advice": "Change the password at each of these places, and wherever you used the same one.",
    "always": "Leaks of some kinds, such as those of dating sites, are told only to the address "
    "itself. Type it at haveibeenpwned.com, under Notify Me, and you get a mail.",
    "stealer": "Programs on a device that was broken into can take passwords too. Some of these "
    "lists are known, but they are not asked for here.",
}
