"""The one plain file of a vault: how to open it without this program."""

from __future__ import annotations

# Every line that begins with eight spaces is run as it stands by tests/formats.
STEPS = """\
What is opened is not sealed any more. Use a computer that only you use, and erase the new folder
when you are done. Type the lines below in a terminal, in this folder, one after the other.

 1. A folder for what is opened, and the newest keys:

        umask 077; out=$HOME/opened; mkdir "$out"
        epoch=$(ls -d keys/epoch-???? | tail -n 1)
        slots=slots; if test -d "$epoch/pending"; then slots=$epoch/pending; fi

 2. The root key. This asks for your passphrase:

        age -d "$slots/1.age" > "$out/root.txt"

    Or with your recovery words: small letters, one space between two words.

        age -d "$slots/2.age" > "$out/root.txt"

 3. The keys of the items:

        age -d -i "$out/root.txt" "$epoch/compartments.age" > "$out/compartments.txt"
        for table in "$epoch"/table-*.age; do
          age -d -i "$out/compartments.txt" "$table"
        done > "$out/items.txt"

 4. The list of what is kept (it may lack what was added last; step 5 does not):

        list=checkpoints/$(ls checkpoints | sort -n | tail -n 1)
        age -d -i "$out/root.txt" "$list" > "$out/list.db"
        sqlite3 "$out/list.db" "SELECT item, name, label FROM item ORDER BY added"

 5. The items, a folder each. The file is in original/; header.json says more about it.

        for object in objects/??/*.age; do
          item=$(basename "$object" .age); mkdir "$out/$item"
          sed -n "/^# {\\"item\\":\\"$item\\"/{n;p;}" "$out/items.txt" |
            age -d -i - "$object" | tar -x -f - -C "$out/$item"
        done

If a slot or a key file does not open, try its copy, which ends in .twin. A damaged item is left
out or cut short, and age says so; the others are not touched by it. If tar speaks of hdrcharset,
nothing is wrong. What lies in inbox/ opens with age 1.3 or newer, with the keys in inbox.age,
which lies beside compartments.age and opens with root.txt.
"""

TEXT = f"""\
This folder is a stillmine vault. Everything in it but this page is sealed.

If you are not its owner: there is nothing in here that you can read. Please leave it as it is.

If you are: the program opens it with your passphrase or with your twelve recovery words. If the
program is gone, standard tools open it: age (age-encryption.org), tar, sqlite3 and a shell.

{STEPS}"""
