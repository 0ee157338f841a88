"""The words of the journey that takes everything along and leaves no trace."""

from __future__ import annotations

WHAT: dict[str, str] = {
    "title": "What do you take with you?",
    "lede": "First you get everything out, and it is checked. Only then is the vault here removed. "
    "You can stop before that.",
    "question": "How?",
    "backup": "All of it, sealed",
    "backup_hint": "Pictures, cases, letters and proof. On another computer your passphrase or "
    "your twelve words open it, with this program.",
    "files": "The pictures and files as they are",
    "files_hint": "Any computer can open them, and so can anyone who finds them. Cases, letters "
    "and proof do not come along.",
    "nothing": "Nothing",
    "nothing_hint": "You have a copy elsewhere, or you want none.",
    "no_vault": "There is no vault here",
    "no_vault_text": "So there is nothing to take along. The next page says what may still be on "
    "this computer.",
    "words": "Do you have your twelve words on paper?",
    "words_text": "You have not typed two of them back yet. On another computer you need them, or "
    "your passphrase.",
    "words_go": "Show me the words",
}

WHERE_TO: dict[str, str] = {
    "title": "Where to?",
    "lede": "A stick or a disk that you can carry is best. What stays on this computer is a trace.",
    "folder": "Folder",
    "folder_hint": "The whole path, such as /media/stick or D:\\. A new folder is made in it.",
    "whole_path": "Type the whole path, from the very beginning.",
    "go": "Write it there",
    "plain": "These files will not be sealed: whoever finds them can look at them.",
}

CARRY: dict[str, str] = {
    "title_good": "It is all there",
    "title_bad": "Something is missing",
    "title_none": "Nothing was written yet",
    "none": "Go Back and choose a folder.",
    "good_one": "{count} file was written, read back and compared. It is whole.",
    "good": "{count} files were written, read back and compared. All are whole.",
    "bad_one": "{count} file could not be written or is not the same. Try another stick or folder, "
    "or check your vault first.",
    "bad": "{count} files could not be written or are not the same. Try another stick or folder, "
    "or check your vault first.",
    "folder": "It lies here",
    "pull": "Eject the stick before you pull it out.",
    "open": "On the other computer: install this program, then type this with the folder as it is "
    "called there. Your passphrase or your twelve words open it.",
    "again": "Write it once more",
}

TRACES: dict[str, str] = {
    "title": "What is on this computer?",
    "lede": "Two lists, so that you know both. Nothing is removed on this page.",
    "ours": "This goes with the next step",
    "home": "The vault, with all that is in it: {place}",
    "key": "The key for looking while it is locked: {place}",
    "timer": "The timer that looks by itself: {place}",
    "opening": "The small file that led your browser here. It goes when you leave.",
    "nothing": "There is no vault, no key and no timer of this program here.",
    "yours": "This you have to see to yourself",
    "browser": "The list of visited pages in your browser. It holds addresses that begin with "
    "127.0.0.1, which say nothing of what you did. Remove them there, or all of today.",
    "files": "Files that you took out, or put in from: in your folders, in Downloads, in the bin, "
    "and in the list of recent files.",
    "program": "The program itself. Remove it as you installed it.",
    "shell": "If you typed commands: the list of commands in the terminal.",
    "backups": "Backups: of this program in other places, and of this computer, as in a cloud.",
    "disk": "The disk. It may keep remains of what was removed. Those of the vault are sealed, and "
    "their keys are gone.",
    "people": "Copies that you gave to people, and letters that you sent.",
    "watched": "If somebody may watch this computer, they may have seen it all. Then talk to a "
    "person first: see below.",
}

GONE: dict[str, str] = {
    "title": "Remove the vault from here?",
    "lede": "The keys go first, then all the rest. This cannot be taken back.",
    "unchecked": "No checked copy was made on this way. Without a copy elsewhere, all of it is "
    "lost for good.",
    "checked": "Your checked copy is in {place}.",
    "yes": "Yes, remove the vault and all that is in it from this computer",
    "go": "Remove it now",
    "tick_first": "Tick the box first.",
    "keep": "Keep it here",
    "no_vault": "There is no vault here. You are done.",
    "done": "Leave these pages",
}

OVER: dict[str, str] = {
    "title": "The vault is gone from here",
    "lede": "Its keys, its pictures and its folder were removed: {place}",
    "timer_left": "The system did not let go of the timer. It does nothing any more, but its name "
    "can be seen. To try once more, type this in a terminal.",
    "last": "Now see to what only you can reach",
    "care": "Take care of yourself. You did what could be done here.",
    "done": "Leave these pages",
}
