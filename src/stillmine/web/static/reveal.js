// Show a picture while its veil is held, and never longer than ten seconds.
"use strict";
(() => {
  const LONGEST = 10000;
  let shown = null;

  function veil() {
    if (!shown) return;
    const { button, image, timer } = shown;
    shown = null;
    clearTimeout(timer);
    image.removeAttribute("src");
    image.remove();
    button.setAttribute("aria-pressed", "false");
    button.classList.remove("shown");
  }

  function reveal(button) {
    veil();
    const image = new Image();
    image.alt = button.dataset.alt || "";
    image.draggable = false;
    image.decoding = "async";
    image.src = button.dataset.picture;
    // Where something is drawn over the picture, it stands in a frame of the picture's size.
    (button.querySelector(".over") || button).prepend(image);
    button.setAttribute("aria-pressed", "true");
    button.classList.add("shown");
    shown = { button, image, timer: setTimeout(veil, LONGEST) };
  }

  for (const button of document.querySelectorAll("button[data-picture]")) {
    button.hidden = false;
    let held = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      held = true;
      reveal(button);
    });
    button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!event.repeat) reveal(button);
    });
    button.addEventListener("keyup", (event) => {
      if (event.key === " ") event.preventDefault();
      veil();
    });
    button.addEventListener("click", (event) => {
      event.preventDefault();
      // A click without a pointer and without a key comes from assistive technology, which cannot
      // hold: there it shows, and shows no more.
      if (!held && event.detail === 0) {
        if (shown && shown.button === button) veil();
        else reveal(button);
      }
      held = false;
    });
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    // Pressing one of several takes the focus from another, which veils only its own picture.
    button.addEventListener("blur", () => { if (shown && shown.button === button) veil(); });
  }
  for (const kind of ["pointerup", "pointercancel", "blur", "pagehide"]) {
    addEventListener(kind, veil);
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden) veil(); });
})();
