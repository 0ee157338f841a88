"""Attempts to pass a handle off as one's own with a copy of data: mixed up, edited, or hostile."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest

from stillmine.errors import ArchiveDamaged, NotShown, StillmineError, WordsNotProven
from tests.watch.names.naming import copy_of_data, instagram, kindly_refused

X_ACCOUNT = 'window.YTD.account.part0 = [{"account": {"username": "Kimq7", "accountId": "1"}}]'
X_MANIFEST = 'window.__THAR_CONFIG = {"userInfo": {"accountId": "1", "userName": "Kimq7"}}'
# One small copy of each site, in the form that docs/watching.md names.
COPIES: dict[str, dict[str, Any]] = {
    "instagram": instagram("kimq7"),
    "facebook": {
        "personal_information/profile_information/profile_information.json": {
            "profile_v2": {"name": {"full_name": "Kim Example"}, "username": "kimq7"}
        },
        "security_and_login_information/account_activity.json": {
            "account_activity_v2": [{"action": "Login"}]
        },
    },
    "tiktok": {
        "user_data_tiktok.json": {
            "Profile": {"Profile Info": {"ProfileMap": {"userName": "kimq7"}}},
            "Your Activity": {
                "Login History": {"LoginHistoryList": [{"Date": "x", "IP": "1.2.3.4"}]},
                "Follower": {"FansList": [{"UserName": "ex_handle"}]},
            },
        }
    },
    "x": {"data/account.js": X_ACCOUNT, "data/manifest.js": X_MANIFEST},
    "snapchat": {
        "json/account.json": {"Basic Information": {"Username": "kimq7"}},
        "json/account_history.json": {"Display Name Change": [{"Date": "2020"}]},
    },
    "reddit": {
        "statistics.csv": "statistic,value\naccount name,kimq7\nregistration date,2019\n",
        "ip_logs.csv": "date,ip\n2026-01-01,1.2.3.4\n",
    },
    "discord": {
        "account/user.json": {"id": "80351110224678912", "username": "kimq7"},
        "servers/index.json": {"1": "a server"},
    },
}
PERSON = "personal_information/personal_information/personal_information.json"


@pytest.mark.parametrize("site", COPIES)
def test_the_copy_of_each_site_shows_the_handle_of_its_account(namer, site):
    noted = namer.notes("kimq7", at=site)
    namer.shows(noted.name, export=copy_of_data(namer.desk, COPIES[site]))
    namer.searches("kimq7")


@pytest.mark.parametrize("site", COPIES)
def test_the_copy_of_each_site_shows_no_handle_but_that(namer, site):
    noted = namer.notes("ex_handle" if site != "facebook" else "ex.handle", at=site)
    with kindly_refused(NotShown, "other-export"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, COPIES[site]))


@pytest.mark.parametrize("site", COPIES)
def test_half_a_copy_shows_nothing(namer, site):
    noted = namer.notes("kimq7", at=site)
    first = next(iter(COPIES[site]))
    half = {first: COPIES[site][first]}
    if site == "tiktok":
        half = {first: {"Profile": COPIES[site][first]["Profile"]}}
    with kindly_refused(NotShown):
        namer.shows(noted.name, export=copy_of_data(namer.desk, half))


def test_a_folder_and_a_field_in_another_language_count_too(namer):
    noted = namer.notes("kimq7", at="instagram")
    label = "Nom d\u2019utilisateur".encode().decode("latin-1")  # as Meta writes it
    files = instagram("kimq7")
    files[PERSON] = {"profile_user": [{"string_map_data": {label: {"value": "KimQ7"}}}]}
    with zipfile.ZipFile(copy_of_data(namer.desk, files)) as archive:
        archive.extractall(namer.desk / "unpacked")
    namer.shows(noted.name, export=namer.desk / "unpacked")
    namer.searches("kimq7")


def test_a_handle_among_the_followers_is_not_one_s_own(namer):
    noted = namer.notes("ex_handle", at="instagram")
    with kindly_refused(NotShown, "other-export"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("kimq7")))
    with kindly_refused(WordsNotProven):
        namer.searches("ex_handle")


def test_a_handle_in_the_text_about_oneself_is_not_one_s_own(namer):
    noted = namer.notes("ex_handle", at="instagram")
    files = instagram("kimq7")
    fields = files[PERSON]["profile_user"][0]["string_map_data"]
    fields |= {"Bio": {"value": "ex_handle"}, "Name": {"value": "ex_handle"}}
    with kindly_refused(NotShown, "other-export"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, files))


def test_a_file_of_an_ex_that_was_put_beside_the_own_one_does_not_agree(namer):
    noted = namer.notes("ex_handle", at="instagram")
    files = instagram("kimq7")
    files[f"messages/inbox/ex/{PERSON}"] = instagram("ex_handle")[PERSON]
    with kindly_refused(NotShown, "not-agreeing"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, files))


def test_a_copy_that_was_edited_in_one_place_alone_does_not_agree(namer):
    noted = namer.notes("ex_handle", at="x")
    files = {**COPIES["x"], "data/account.js": X_ACCOUNT.replace("Kimq7", "ex_handle")}
    with kindly_refused(NotShown, "not-agreeing"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, files))


def test_a_copy_of_one_site_shows_no_handle_of_another(namer):
    noted = namer.notes("kimq7", at="tiktok")
    with kindly_refused(NotShown, "no-account"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, COPIES["instagram"]))


def test_a_copy_shows_no_handle_where_the_profile_can_be_looked_at(namer):
    for handle, at in (("janedoe", "github"), ("janedoe@social.example", "")):
        noted = namer.notes(handle, at=at)
        with kindly_refused(NotShown, "use-profile"):
            namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("janedoe")))


def test_a_copy_shows_no_mail_address_although_it_names_one(namer):
    noted = namer.notes("a@b.example", "mail")
    with kindly_refused(NotShown, "other-way"):
        namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("kimq7")))


def test_a_copy_shows_no_name_and_lends_it_no_weight(namer):
    noted = namer.notes("kimq7", at="instagram")
    namer.shows(noted.name, export=copy_of_data(namer.desk, instagram("kimq7")))
    with kindly_refused(StillmineError):
        namer.notes("Jane Doe", "name")
    with kindly_refused(WordsNotProven):
        namer.searches("Jane Doe kimq7")


def test_a_hostile_copy_is_named_and_never_believed(namer):
    noted = namer.notes("kimq7", at="instagram")
    files = instagram("kimq7")
    for content in ("", "{", "[" * 100_000, "null", "7", '{"profile_user": 7}', "\x00" * 100):
        with kindly_refused(NotShown):
            broken = copy_of_data(namer.desk, {**files, PERSON: content})
            namer.shows(noted.name, export=broken)
    (namer.desk / "cut.zip").write_bytes((namer.desk / "copy.zip").read_bytes()[:200])
    with pytest.raises((ArchiveDamaged, NotShown)):
        namer.shows(noted.name, export=namer.desk / "cut.zip")
    with pytest.raises(StillmineError):
        namer.shows(noted.name, export=namer.desk / "nothing.zip")


def test_a_copy_that_unpacks_to_more_than_it_seems_is_left(namer):
    noted = namer.notes("kimq7", at="instagram")
    path = namer.desk / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PERSON, b" " * (49 << 20))
    with pytest.raises(StillmineError):
        namer.shows(noted.name, export=path)


def test_a_single_file_is_half_a_copy_but_for_tiktok(namer):
    noted = namer.notes("kimq7", at="tiktok")
    file = namer.desk / "user_data_tiktok.json"
    file.write_text(json.dumps(COPIES["tiktok"]["user_data_tiktok.json"]))
    namer.shows(noted.name, export=file)
    alone = namer.desk / "statistics.csv"
    alone.write_text(COPIES["reddit"]["statistics.csv"])
    noted = namer.notes("kimq7", at="reddit")
    with kindly_refused(NotShown, "not-agreeing"):
        namer.shows(noted.name, export=alone)
