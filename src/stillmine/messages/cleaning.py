"""Words about what a file says besides its picture, and about cleaning it."""

from __future__ import annotations

from stillmine.messages.counted import Counted

ANSWERS: dict[str, tuple[str | Counted, ...]] = {
    "share.clean": (
        Counted("cleaned", "{cleaned} clean copy was made.", "{cleaned} clean copies were made."),
        Counted("cleaned", "Your own files are as they were.", "Your own files are as they were."),
        Counted(
            "skipped",
            "{skipped} file was left out, and no copy of it was made. Below is why.",
            "{skipped} files were left out, and no copy of them was made. Below is why.",
        ),
    ),
    "share.inspect": (
        Counted(
            "says",
            "Besides the picture, this file says one more thing.",
            "Besides the picture, this file says {says} more things.",
            none="Besides the picture, this file says nothing that we know how to find.",
        ),
        Counted("previews_show_more", "A preview inside shows more than the picture.", ""),
        Counted("saved_preview", "The preview is in {saved_preview}.", ""),
        Counted("no_preview", "There is no preview inside that can be shown.", ""),
        "To make a copy without it: stillmine share clean",
    ),
}

DOING: dict[str, str] = {"share.cleaning": "Making clean copies"}

WHATS: dict[str, str] = {
    "after-the-end": "Data behind the picture",
    "attachment": "A file inside the file",
    "audio-note": "A sound recording",
    "colour-profile-text": "Words in the colour profile",
    "comment": "A comment or caption",
    "cropped-away": "What was cut away",
    "depth": "How far away each thing is",
    "device": "Device",
    "file-times": "When the file was last changed",
    "hidden-colours": "Colours nobody sees",
    "history": "What was done to it before",
    "identifier": "A number of its own",
    "iptc": "Press notes",
    "maker-notes": "The camera maker's own notes",
    "motion-video": "A short video",
    "name-pattern": "The file's name",
    "owner": "Name of a person",
    "padding": "Data in a gap",
    "people": "Who is in the picture",
    "place": "Place",
    "preview": "A preview picture",
    "provenance": "A record of where it comes from",
    "second-image": "A second picture",
    "serial": "Serial number",
    "settings": "Camera settings",
    "software": "Program",
    "text": "Text",
    "time": "Time",
    "timed-metadata": "A track of notes",
    "unknown": "Something we do not know",
    "xmp": "XMP notes",
}

MEANS: dict[str, str] = {
    "cropped-away": "Parts of a larger picture are still in here and can be made visible.",
    "depth": "It shows the shape of the room and of the people in it.",
    "history": "It tells what the picture was made from, and when.",
    "identifier": "The same number in two files ties them to each other.",
    "maker-notes": "They may hold serial numbers, faces, places and counts of pictures taken.",
    "motion-video": "It shows the moments around the picture, perhaps with sound.",
    "name-pattern": "It tells which app or camera it comes from, and often when.",
    "owner": "Whoever has the file can read this name.",
    "provenance": "It may name the device, the program, an account and earlier versions.",
    "serial": "Every picture of this device has the same number: it ties them together.",
    "timed-metadata": "Such tracks may hold where the camera was at every moment.",
}

PREVIEWS: dict[str, str] = {
    "other-shape": "It has another shape than the picture: it may show what was cropped away.",
    "other-picture": "It looks different from the picture: it may show what was covered or cut.",
    "same": "It shows the same as the picture.",
}

PLACES: tuple[str, ...] = (
    "It is exact to some 100 km: it tells the region.",
    "It is exact to some 10 km: it tells the town.",
    "It is exact to about 1 km: it tells the part of town.",
    "It is exact to about 100 m: it tells the street.",
    "It is exact to about 10 m: it tells the house.",
    "It is exact to about 1 m or less: it tells the house, perhaps the room.",
)
"""What a place tells, by the count of digits behind the point."""

NAMES: dict[str, str] = {
    "action-camera": "This is how an action camera names files.",
    "camera": "This is how a camera counts its pictures.",
    "drone": "This is how a drone names files.",
    "facebook": "This is how Facebook names files: it holds the moment of saving.",
    "phone": "This is how phones name files: it holds the moment it was taken.",
    "screenshot": "It is a picture of a screen: the name often tells when, and which app.",
    "signal": "This is how Signal names files: it holds the day and the time.",
    "snapchat": "This is how Snapchat names files.",
    "telegram": "This is how Telegram names files: it holds the day.",
    "whatsapp": "This is how WhatsApp names files: it holds the day.",
}

KEPT: dict[str, str] = {
    "animation": "How the frames follow each other.",
    "colour-profile": "The numbers of the colour space, so that colours stay right. No words.",
    "encoder-habits": "How it was packed. That may fit one kind of device or program.",
    "hdr": "How bright it is to be shown.",
    "layout": "Pages, text and drawings. Text may be hidden from the eye: read all of it.",
    "loop-count": "How often it plays.",
    "orientation": "Which way up it is.",
    "resolution": "Its width and height. Some devices have sizes of their own.",
    "sensor-noise": "The faint pattern of the sensor. With other pictures of the same camera "
    "at hand, an expert can tell that they belong together.",
    "sound": "The sound. Voices and noises tell who and where.",
    "transparency": "Which parts are see-through.",
}

ALWAYS = "What the picture itself shows: faces, tattoos, rooms, views and mirrors."

MADE = "{copy}, made from {file}"
GONE = "  Gone: {gone}"
REDRAWN = "  It was drawn anew, so its pixels are not quite the same."
