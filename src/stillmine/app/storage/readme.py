"""The one plain file of a vault: how to open it without this program."""

from __future__ import annotations

TEXT = """\
This folder is a stillmine vault. Everything in it but this page is sealed.

If you are not its owner: there is nothing in here that you can read. Please leave it as it is.

If you are: the program opens it with your passphrase or with your twelve recovery words.
If the program is gone, standard tools open it: `age` (age-encryption.org), `tar` and, for the
list of what is kept, `sqlite3`. In a terminal, in this folder, with E for the highest-numbered
folder in keys/ :

 1. The root key. It asks for your passphrase. For the recovery words use slots/2.age and type
    the twelve words with one space between them.

        age -d slots/1.age > root.txt

 2. The keys of the compartments, then the keys of the items.

        age -d -i root.txt keys/E/compartments.age > main.txt
        for table in keys/E/table-main-*.age; do age -d -i main.txt $table; done > items.txt

 3. The list of items: the newest file in checkpoints/ is an SQLite database.

        age -d -i root.txt checkpoints/NUMBER.age > list.db
        sqlite3 list.db "SELECT item, name, label FROM item"

 4. The items. Each is a tar archive with the file as it was given and what was known of it.

        for object in objects/*/*.age; do age -d -i items.txt $object | tar x; done

    Files of the same name would take each other's place: unpack into a folder each.

Where a file is damaged, its copy may not be: for slots and keys it ends in .twin.
root.txt, main.txt, items.txt and what you unpacked are no longer sealed: keep them safe.
"""
