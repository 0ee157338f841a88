"""The words of the pages that make a vault, open it, and get back in."""

from __future__ import annotations

MAKE: dict[str, str] = {
    "title": "Make your vault",
    "lede": "A vault keeps your pictures sealed on this computer. It opens with a passphrase "
    "that only you know.",
    "steps": "Passphrase|Twelve words|Two words back",
    "passphrase": "Choose a passphrase",
    "passphrase_hint": "Five or six words that have nothing to do with each other are good. "
    "Use it for nothing else.",
    "again": "The same once more",
    "again_hint": "So that a slip of the keys does not shut you out.",
    "not_the_same": "The two are not the same. Type both once more.",
    "empty": "There is nothing here yet. Choose some words first.",
    "strength": "How strong it is",
    "strength_0": "Very weak. Somebody could guess it at once.",
    "strength_1": "Weak. A computer would guess it soon.",
    "strength_2": "Not strong yet. One or two words more would help.",
    "strength_3": "Strong.",
    "strength_4": "Very strong.",
    "strength_where": "It was looked at on this computer only.",
    "weak": "This passphrase is weak",
    "weak_next": "You can use it. A longer one is safer: somebody who has your computer could "
    "try many at once.",
    "another": "Choose another one",
    "use_weak": "Use this one all the same",
    "go": "Make the vault",
    "have": "I have a backup",
    "why": "Why there is no way around it",
    "why_text": "Nobody has a second key, not even those who wrote this program. That is why "
    "nobody can be made to open your vault, and why you get twelve words for the day on which "
    "you forget the passphrase.",
    "recover": "Get back in with your twelve words",
}

WORDS: dict[str, str] = {
    "title": "Write down these twelve words",
    "lede": "They open your vault when the passphrase is lost. They are shown once, now.",
    "paper": "Write them on paper, in this order. Keep the paper away from this computer, where "
    "only you look. Do not take a photo of it.",
    "list": "Your twelve words",
    "go": "I wrote them down",
    "check_title": "Type two of your words",
    "check_lede": "Look at your paper. This shows that the words are right, on the day you "
    "need them.",
    "one": "Word number {number}",
    "check": "Check",
    "wrong": "This is not word number {number}. Look at your paper once more.",
    "later": "Do this later",
    "done": "Your vault is ready",
    "done_text": "Your words are right. Keep the paper well.",
    "new_keys": "Make new keys",
    "never": "Were the words never shown to you, or is the paper gone?",
    "never_text": "Make new keys. You get twelve new words, and the old ones open nothing that "
    "you add from then on.",
}

UNLOCK: dict[str, str] = {
    "title": "Open your vault",
    "lede": "It is locked. What is in it is safe.",
    "passphrase": "Your passphrase",
    "go": "Open",
    "forgot": "I do not know the passphrase",
    "why": "What happens with what I type",
    "why_text_plain": "It stays on this computer and is not kept. A small process holds the key "
    "until you lock, or until some minutes have passed without use.",
}

RECOVER: dict[str, str] = {
    "title": "Get back in with your twelve words",
    "lede": "Forgetting a passphrase is normal. That is what the words are for.",
    "words": "Your twelve words, in order",
    "words_hint": "With a space between them. Capitals do not matter.",
    "new": "A new passphrase",
    "go": "Get back in",
    "done": "You are back in",
    "done_text": "Your new passphrase opens the vault from now on. The twelve words stay the same.",
}

PASSPHRASE: dict[str, str] = {
    "title": "Change your passphrase",
    "lede": "Your pictures are not touched, and the twelve words stay the same.",
    "old": "The passphrase of now",
    "new": "The new passphrase",
    "new_hint": "Five or six words that have nothing to do with each other are good. Use "
    "it for nothing else.",
    "go": "Change it",
    "done": "The passphrase is changed",
    "done_text": "The vault is locked. Open it with the new passphrase.",
    "care": "Older copies keep the old one",
    "care_text": "A backup or a copy of the vault that was made before still opens with the old "
    "passphrase. If somebody knows it, make new keys and clear the old backups.",
}

REKEY: dict[str, str] = {
    "title": "Make new keys",
    "lede": "For when somebody may know your passphrase or your words, or when the paper is gone.",
    "care": "You get twelve new words",
    "care_text": "The old words open nothing any more. Whoever has an old copy of the vault can "
    "still open that copy, but nothing that you add from now on.",
    "old": "The passphrase of now",
    "new": "The passphrase from now on",
    "new_hint": "Take a new one if somebody may know the old one.",
    "go": "Make new keys",
}
