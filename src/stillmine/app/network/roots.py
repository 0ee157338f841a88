"""Which root certificates this computer trusts. Nothing is asked of anybody."""

from __future__ import annotations

import ssl


def system_roots() -> tuple[bytes, ...]:
    """Return the root certificates of the operating system as DER; none where it hands none out.

    `SSL_CERT_FILE` names another file with them, as it does for other programs.
    """
    return tuple(ssl.create_default_context().get_ca_certs(binary_form=True))
