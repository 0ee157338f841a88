"""Say what a file tells besides the picture, and rewrite it from what showing it needs.

`findings` has the shapes that every format shares, `formats` the table of formats. What several
formats carry is read in one place each: `exif`, `xmp`, `iptc`, `icc` and `place`.
"""
