"""Saved pages: one file with everything (MHTML), HTML with its folder, pictures written into it."""

import base64
import io
import quopri
import random
import zipfile
from email.message import EmailMessage

import pytest

from stillmine.app.sources.limits import Limits
from tests.app.sources.holding import JPEG, SECOND, told

B64 = base64.b64encode(JPEG).decode()


def mhtml(parts, boundary="----MultipartBoundary--x1----"):
    """As Chromium writes it (RFC 2557): quoted-printable text, base64 in lines of 76."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://site.example/\r\n"
        "Subject: a page\r\nDate: Sun, 1 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"\r\n'
        "\r\n\r\n"
    ).encode()
    body = b"".join(
        f"--{boundary}\r\n{headers}\r\n\r\n".encode() + data + b"\r\n" for headers, data in parts
    )
    return head + body + f"--{boundary}--\r\n".encode()


def picture(name, data):
    headers = (
        f"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {name}"
    )
    return headers, base64.encodebytes(data).replace(b"\n", b"\r\n")


PAGE = (
    "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://site.example/",
    quopri.encodestring(f'<!doctype html><img src="data:image/jpeg;base64,{B64}">ü'.encode()),
)


@pytest.fixture
def file(tmp_path):
    def write(data, name="a.mhtml"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def test_a_page_in_one_file_is_read_part_by_part(file):
    data = mhtml([PAGE, picture("https://cdn.example/two.jpg", SECOND)])
    assert told(file(data)) == [
        ("https://site.example/ > data:image/jpeg 1", JPEG),
        ("https://cdn.example/two.jpg", SECOND),
    ]


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_pictures_sent_as_they_are_are_whole(file, end):
    headers = "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: binary"
    data = mhtml([(headers, JPEG)])
    if end == b"\n":
        head, _, rest = data.partition(b"\r\n\r\n\r\n")
        data = head.replace(b"\r\n", b"\n") + b"\n\n\n" + rest
    assert told(file(data)) == [("part 1", JPEG)]


def test_mail_with_pictures_is_read_through_its_layers(file):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "x@site.example", "look"
    mail.set_content("hello")
    mail.add_related(JPEG, "image", "jpeg", cid="<one@x>")
    mail.add_attachment(SECOND, "image", "jpeg", filename="two.jpg")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "y@site.example", "see"
    inner.set_content("forwarded")
    inner.add_attachment(mail)
    found = told(file(inner.as_bytes(), "a.eml"))
    assert [data for _, data in found] == [JPEG, SECOND]
    assert found[1][0].endswith("two.jpg")


def test_layers_upon_layers_end(file):
    lines = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(5000)
    )
    assert told(file("MIME-Version: 1.0\r\n" + lines)) == [(None, "archive.too-deep")]


def test_a_message_that_is_cut_short_gives_what_came_before(file):
    data = mhtml([picture("one", JPEG), picture("two", SECOND)])
    found = told(file(data[:-900]))
    assert found[0] == ("one", JPEG)
    assert found[-1] == (None, "archive.damaged")


def test_one_line_without_end_is_not_held(file):
    data = mhtml([("Content-Type: text/plain", b"x" * (30 << 20)), picture("two", SECOND)])
    assert told(file(data)) == [("two", SECOND)]


def test_strange_letters_and_codings_are_no_obstacle(file):
    headers = 'Content-Type: image/jpeg; charset="=?no-such?"\r\nContent-Transfer-Encoding: x-what'
    name = "Content-Location: \udcff".encode("utf-8", "surrogateescape").decode("latin-1")
    found = told(file(mhtml([(f"{headers}\r\n{name}", JPEG)])))
    assert [data for _, data in found] == [JPEG]


def test_no_flipped_byte_or_cut_raises_anything(file):
    whole, chance = mhtml([PAGE, picture("two", SECOND)]), random.Random(3)
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        told(file(bytes(data[: chance.randrange(len(data))])), limits=Limits(unpacked=1 << 22))


WAYS = [
    '<img src="data:image/jpeg;base64,{}">',
    "<img alt=x src=data:image/jpeg;base64,{} width=3>",
    "<p style='background: url(data:image/jpeg;base64,{})'>",
    "<style>p {{ background: url('data:image/jpeg;charset=x;base64,{}') }}</style>",
    "<svg><image href='DATA:image/jpeg;BASE64,{}'/></svg>",
    "<script>const a = {{b: `data:image/jpeg;base64,{}`}}</script>",
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_pictures_written_into_a_page_are_found_wherever_they_stand(file, way, encoding):
    data = ("<!DOCTYPE html>\n<html>\n" + way.format(B64)).encode(encoding)
    assert told(file(data, "a.html")) == [("data:image/jpeg 1", JPEG)]


def test_a_picture_written_into_a_page_in_percent_signs_is_found(file):
    text = "".join(f"%{byte:02X}" for byte in JPEG)
    assert told(file(f"<html><img src='data:image/jpeg,{text}'>", "a.html")) == [
        ("data:image/jpeg 1", JPEG)
    ]


def test_line_ends_within_a_written_picture_are_no_end(file):
    folded = "\n".join(B64[at : at + 76] for at in range(0, len(B64), 76))
    found = told(file(f"<html><img src='data:image/jpeg;base64,{folded}'>", "a.html"))
    assert found == [("data:image/jpeg 1", JPEG)]


def saved(folder):
    beside = folder / "page_files"
    beside.mkdir(parents=True)
    (beside / "one ü.jpg").write_bytes(JPEG)
    (beside / "two.jpg").write_bytes(SECOND)
    (beside / "text.css").write_text("p {}")
    page = folder / "page.html"
    page.write_text(
        "<!doctype html><link href='page_files/text.css'><img src='./page_files/one%20%C3%BC.jpg'>"
        "<img srcset='page_files/two.jpg 2x, page_files/two.jpg?v=1 1x' src=page_files/two.jpg#a>"
        "<img src='page_files/not there.jpg'><img src='https://site.example/three.jpg'>",
        encoding="utf-8",
    )
    return page, beside


def test_a_page_with_its_folder_is_read_with_it(tmp_path):
    page, beside = saved(tmp_path / "in")
    assert told(page, follow=True) == [(None, JPEG), (None, SECOND)]
    assert told(page) == []
    assert beside.is_dir()


def test_a_page_leads_to_no_other_place_of_this_computer(tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(JPEG)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.jpg").symlink_to(secret)
    (folder / "loop.jpg").symlink_to(folder / "loop.jpg")
    page = folder / "page.html"
    names = [
        "../secret.jpg", "%2e%2e/secret.jpg", "link.jpg", "loop.jpg", str(secret), f"file://{secret}",
        "x/../../secret.jpg", "a\0b.jpg", "y" * 5000, "\\\\host\\share\\a.jpg", "page.html",
    ]  # fmt: skip
    page.write_text("<html>" + "".join(f'<img src="{name}">' for name in names))
    assert told(page, follow=True) == [(None, "archive.pictures-not-saved")]


def test_a_page_without_its_pictures_says_so(file):
    data = "<!doctype html><img src='https://site.example/one.jpg'>"
    assert told(file(data, "a.html")) == [(None, "archive.pictures-not-saved")]
    assert told(file("<!doctype html><p>no picture", "b.html")) == []


def test_pages_in_archives_say_nothing_of_what_lies_elsewhere(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.html", "<html><img src='files/one.jpg'>")
        archive.writestr("files/one.jpg", JPEG)
    assert told(path) == [("files/one.jpg", JPEG)]


def test_a_page_of_nothing_but_openings_ends(file):
    for piece in (
        "<",
        "<!",
        "<div>",
        "<img src=",
        "data:image/",
        "data:image/png;a=b",
        "url(",
        "&#",
    ):
        told(file("<html>" + piece * 200_000, "a.html"))


def test_a_page_with_too_many_pictures_is_left_at_the_limit(file):
    data = "<html>" + "<img src='data:image/png;base64,AAAA'>" * 3000
    assert told(file(data, "a.html"), limits=Limits(members=1000)) == [
        (None, "archive.too-much-inside")
    ]


def test_a_page_that_is_larger_than_any_page_is_named(tmp_path):
    import gzip

    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"<html>" + bytes(70 << 20)))
    assert told(path) == [(None, "archive.file-too-large")]


def test_held_pictures_are_files_that_can_be_read_again(file):
    from stillmine.app.sources.opening import Piece, pieces

    (piece,) = [
        one for one in pieces(file(mhtml([picture("one", JPEG)]))) if isinstance(one, Piece)
    ]
    assert isinstance(piece.held, io.BytesIO)
    assert piece.held.read() == JPEG
    assert "JFIF" not in repr(piece)
