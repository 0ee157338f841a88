"""Start the browser so that nothing of the page outlives it, and nothing goes around the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Playwright, ProxySettings

from stillmine.app.network.browser.orders import VIEW_HEIGHT, VIEW_WIDTH, Orders

_SECONDS_TO_START = 30.0
_NOWHERE = ProxySettings(server="http://127.0.0.1:9", bypass="<-loopback>")
# The first keeps memory that processes share off the disk: the library asks for files instead.
_LEFT_OUT = ["--disable-dev-shm-usage"]
_SWITCHES = (
    # What does not ask the door must not find the way: no names, no datagrams, no WebRTC.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--deny-permission-prompts",
    # What would be written down: dumps of memory after a crash, caches, logs.
    "--disable-crash-reporter",
    "--noerrdialogs",
    "--disk-cache-size=1",
    "--media-cache-size=1",
    "--disable-gpu-shader-disk-cache",
    "--disable-logging",
    "--incognito",
)


@contextmanager
def launched(playwright: Playwright, orders: Orders) -> Iterator[Browser]:
    """Start the browser, and end it. Raises the library's Error where it does not start."""
    browser = playwright.chromium.launch(
        executable_path=orders.program,
        headless=True,
        chromium_sandbox=orders.sandbox,
        ignore_default_args=_LEFT_OUT,
        args=list(_SWITCHES),
        proxy=ProxySettings(
            server=orders.door,
            bypass="<-loopback>",
            username=orders.user,
            password=orders.password,
        ),
        timeout=_SECONDS_TO_START * 1000,
    )
    try:
        yield browser
    finally:
        with suppress(Error):
            browser.close()


def visiting(browser: Browser) -> BrowserContext:
    """Return a place to visit a page from: nobody is logged in, and nothing is allowed.

    The name that the browser gives itself is that of the same browser with a window: without
    that, many sites show a wall in place of the page.
    """
    return _context(browser, user_agent=_usual_name(browser))


def drawing(browser: Browser) -> BrowserContext:
    """Return a place where a page is drawn once more: no scripts, no way out."""
    return _context(browser, java_script_enabled=False, proxy=_NOWHERE)


def _context(browser: Browser, **special: Any) -> BrowserContext:
    return browser.new_context(
        accept_downloads=False,
        ignore_https_errors=True,  # such pages are captured too, and it is said
        service_workers="block",
        permissions=[],
        viewport={"width": VIEW_WIDTH, "height": VIEW_HEIGHT},
        device_scale_factor=1,
        locale="en-US",
        reduced_motion="reduce",
        **special,
    )


def _usual_name(browser: Browser) -> str:
    context = browser.new_context(proxy=_NOWHERE)
    try:
        name: str = context.new_page().evaluate("navigator.userAgent")
    finally:
        context.close()
    return name.replace("HeadlessChrome", "Chrome")
