"""Make the address of a backup place out of its parts, as somebody types them one by one."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlencode

_SCHEMES = {"https": "davs", "davs": "davs", "webdavs": "davs", "http": "dav", "dav": "dav"}


def webdav_address(typed: str) -> str:
    """Return the address of a WebDAV place, from one that a provider shows; nothing for none.

    Addresses are copied with their signs written out (`%20`), and as often without: both are taken.
    """
    scheme, there, rest = typed.partition("://")
    if not there:
        scheme, rest = "https", typed
    if scheme.lower() not in _SCHEMES or not rest:
        return ""
    host, slash, path = rest.partition("/")
    return f"{_SCHEMES[scheme.lower()]}://{host}{slash}{quote(unquote(path), safe='/')}"


def s3_address(bucket: str, inside: str, endpoint: str, region: str) -> str:
    """Return the address of a folder in a bucket; all but the bucket may be empty."""
    if endpoint and "://" not in endpoint:
        endpoint = f"https://{endpoint}"
    options = _options(endpoint=endpoint, region=region)
    return f"s3://{bucket}/{quote(inside.strip('/'), safe='/')}{options}"


def sftp_address(host: str, login: str, path: str, port: str, **options: str) -> str:
    """Return the address of a folder on a computer that one logs in to.

    `options` are `host_key` and `identity`; what is empty is left out.
    """
    where = f"[{host.strip('[]')}]" if ":" in host else host
    there = quote(path.lstrip("/"), safe="/~")
    named = {name.replace("_", "-"): value for name, value in options.items()}
    login, port = f"{login}@" if login else "", f":{port}" if port else ""
    return f"sftp://{login}{where}{port}/{there}{_options(**named)}"


def _options(**options: str) -> str:
    query = urlencode({name: value for name, value in options.items() if value})
    return f"?{query}" if query else ""
