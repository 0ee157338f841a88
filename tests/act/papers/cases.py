"""Cases to make papers of: an ordinary one, one in other scripts, a hostile and a huge one."""

from stillmine.act.case.model import Address, Case, Event, Notice, Proof, Sender, Step

ROOT = "5c1d" * 16
URL = "https://pictures.example/gallery/2026/11/20/" + "a" * 120 + "?id=7731&from=mail"


def full_case():
    """Return a case with addresses, proof, letters in several states, and a timeline."""
    return Case(
        case="1a2b3c4d",
        opened="2026-11-20T09:00:00+00:00",
        country="GB-EAW",
        person="Zoë Ångström",
        threats=True,
        sender=Sender("Zoë Ångström", "zoe@mail.example"),
        addresses=(
            Address(
                "a1",
                URL,
                "2026-11-20T09:05:00+00:00",
                "@anon_77",
                "",
                "gone",
                "2026-11-22T08:00:00+00:00",
            ),
            Address(
                "a2",
                "https://forum.example/t/991",
                "2026-11-20T09:20:00+00:00",
                "user 12",
                "",
                "there",
                "2026-11-22T08:01:00+00:00",
            ),
            Address(
                "a3",
                "https://mirror.example/x",
                "2026-11-21T18:00:00+00:00",
                note="my sister saw it",
            ),
        ),
        proofs=(
            Proof(
                "p1",
                "capture",
                "2026-11-20T09:10:00+00:00",
                "e" * 32,
                ROOT,
                2_345_678,
                "a1",
                "covered",
                "Gallery",
                ("tsa-one.example", "tsa-two.example"),
            ),
            Proof(
                "p2",
                "import",
                "2026-11-20T10:00:00+00:00",
                "f" * 32,
                "9a" * 32,
                45_678,
                "",
                "",
                "chat.png",
            ),
        ),
        notices=(
            Notice(
                "n1",
                "Pictures Ltd",
                "2026-11-20T09:30:00+00:00",
                ("us-tida", "gb-osa"),
                ("a1",),
                "platforms/pictures",
                "mail",
                "…",
                steps=(
                    Step("2026-11-20T09:40:00+00:00", "sent"),
                    Step("2026-11-20T11:00:00+00:00", "acknowledged", "ticket 4411"),
                    Step("2026-11-22T07:55:00+00:00", "removed"),
                ),
            ),
            Notice(
                "n2",
                "Forum GmbH",
                "2026-11-20T09:50:00+00:00",
                ("eu-dsa",),
                ("a2",),
                steps=(
                    Step("2026-11-20T09:55:00+00:00", "sent"),
                    Step(
                        "2026-11-21T09:00:00+00:00",
                        "refused",
                        "they say that it is no picture of me",
                    ),
                ),
            ),
            Notice("n3", "Mirror", "2026-11-21T18:10:00+00:00", (), ("a3",)),
        ),
        events=(
            Event("2026-11-20T09:00:00+00:00", "case.opened"),
            Event("2026-11-20T12:00:00+00:00", "case.note", {"note": "I feel watched"}),
            Event(
                "2026-11-20T09:40:00+00:00",
                "clock.step",
                {"notice": "n1", "state": "sent", "note": "", "proof": ""},
            ),
            Event("2026-11-22T08:01:00+00:00", "clock.looked", {"address": "a2", "state": "there"}),
        ),
    )
