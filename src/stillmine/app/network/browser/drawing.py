"""Draw a page once more with its pictures covered: from its text and its style, and nothing else.

The live page is not shown: what a script may still put there cannot be known. Its markup, without
picture data, is opened again where no script runs and no line leads out, each thing that can show
a picture is replaced by a grey box, and that is what the screenshot and the PDF show.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from playwright.sync_api import Browser, Error, Page, Route

from stillmine.app.network.browser.covering import without_pictures, without_scripts
from stillmine.app.network.browser.launching import drawing

_MILLISECONDS = 10_000
# Once more by the browser's own rules: only styles, and no page that moves on by itself.
_RULES = {
    "Content-Security-Policy": "default-src 'none'; style-src * 'unsafe-inline'; frame-src *; "
    "sandbox allow-same-origin"
}
# Runs in a page that has no scripts of its own, so nothing can stand in for what it calls.
_COVER = r"""() => {
  const SHOWS = 'img,picture,video,audio,canvas,svg,object,embed,image,input[type=image],model,' +
    'portal,fencedframe,amp-img,applet,math';
  const NONE = ['background-image', 'border-image', 'list-style-image', 'mask', 'box-shadow',
    'text-shadow', 'filter', 'backdrop-filter', 'clip-path', 'shape-outside', 'cursor',
    '-webkit-box-reflect', '-webkit-mask-box-image', '-webkit-text-stroke'];
  const SMALL = 12, TINY = 6;
  const number = (el, name) => parseFloat(el.getAttribute(name)) || 0;
  const box = (el) => {
    const rect = el.getBoundingClientRect(), out = document.createElement('span');
    const shown = getComputedStyle(el);
    out.textContent = el.getAttribute('alt') || '';
    out.style.cssText = 'display:inline-block!important;overflow:hidden!important;' +
      'background:#c4c4c4!important;color:#333!important;font:12px sans-serif!important;' +
      'border:0!important;box-sizing:border-box!important;vertical-align:middle!important';
    for (const name of ['width', 'height'])
      out.style.setProperty(name, Math.max(rect[name], number(el, name)) + 'px', 'important');
    for (const name of ['position', 'left', 'top', 'right', 'bottom', 'float', 'margin', 'z-index'])
      out.style.setProperty(name, shown.getPropertyValue(name));
    el.replaceWith(out);
  };
  const roots = [document];
  for (let i = 0; i < roots.length; i++)
    for (const el of roots[i].querySelectorAll('*')) if (el.shadowRoot) roots.push(el.shadowRoot);
  for (const root of roots) {
    for (const el of root.querySelectorAll(SHOWS)) if (el.isConnected) box(el);
    const style = document.createElement('style');
    style.textContent = '*,*::before,*::after,*::marker,*::first-letter{' +
      NONE.map((name) => name + ':none!important').join(';') +
      ';cursor:auto!important;animation:none!important;transition:none!important}';
    (root.head || root.documentElement || root).append(style);
  }
  const hide = [], clear = [], plain = [];
  for (const root of roots) for (const el of root.querySelectorAll('*')) {
    if (el.hasAttribute('style')) plain.push(el);
    const rect = el.getBoundingClientRect(), shown = getComputedStyle(el);
    if (parseFloat(shown.fontSize) < TINY) hide.push(el);
    if (rect.width < SMALL || rect.height < SMALL) clear.push(el);
  }
  for (const el of plain) for (const name of NONE) el.style.setProperty(name, 'none', 'important');
  for (const el of hide) el.style.setProperty('color', 'transparent', 'important');
  for (const el of clear) for (const name of ['background-color', 'border-color', 'outline-color'])
    el.style.setProperty(name, 'transparent', 'important');
}"""


def covered_markup(markup: str) -> str:
    """Return a page without what its scripts say, and without picture data."""
    return without_pictures(without_scripts(markup))


@contextlib.contextmanager
def drawn_again(
    browser: Browser, url: str, frames: Mapping[str, str], styles: Mapping[str, str]
) -> Iterator[Page]:
    """Open a page from its covered markup. `frames` and `styles` are texts by their addresses."""
    context = drawing(browser)
    asked: set[str] = set()

    def answer(route: Route) -> None:
        wanted = route.request.url.partition("#")[0]
        kind = route.request.resource_type
        with contextlib.suppress(Error):
            if kind == "document" and wanted in frames:
                asked.add(wanted)
                route.fulfill(
                    body=frames[wanted].encode("utf-8", "replace"),
                    headers={"Content-Type": "text/html; charset=utf-8", **_RULES},
                )
            elif kind == "stylesheet" and wanted in styles:
                route.fulfill(
                    body=styles[wanted].encode("utf-8", "replace"),
                    content_type="text/css; charset=utf-8",
                )
            else:
                route.abort("blockedbyclient")

    try:
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(url.partition("#")[0], wait_until="load", timeout=_MILLISECONDS)
        for frame in page.frames:
            frame.evaluate(_COVER)
        yield page
    finally:
        with contextlib.suppress(Error):
            context.close()
