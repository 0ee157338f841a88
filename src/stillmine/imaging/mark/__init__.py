"""Hide a mark for one person in a picture, and read from a leaked copy whose mark it carries.

Marking and reading need OpenCV and run in the limited child (`marking`, `evidence`, `files`). What
was read is in `reading`, whose it is says `verdict`. Nothing is imported here: all of it needs
arrays, whose library is large, and most of what is asked of the program has to do with no mark.
"""
