// Drag boxes over a picture that is seen only while it is held, or for ten seconds. The boxes are
// the numbers of the form, in hundredths of the picture.
"use strict";
(() => {
  const LONGEST = 10000;
  const LEAST = 1; // hundredths; less is a slip of the hand
  const area = document.getElementById("draw");
  const rows = document.getElementById("boxes");
  const more = document.getElementById("draw-more");
  const show = document.getElementById("show");
  const count = document.getElementById("count");
  const pattern = rows.lastElementChild.cloneNode(true);
  let image = null, timer = 0, timed = false, held = false, begun = null, drawn = null;
  let last = rows.children.length;

  function veil() {
    clearTimeout(timer);
    held = timed = false;
    if (image) { image.removeAttribute("src"); image.remove(); }
    image = null;
    begun = null;
    if (drawn) { drawn.remove(); drawn = null; }
    area.classList.remove("shown");
    show.textContent = show.dataset.hidden;
  }

  function reveal() {
    if (image) return;
    const seen = new Image();
    image = seen;
    seen.alt = area.dataset.alt;
    seen.draggable = false;
    seen.onload = () => {
      const shape = seen.naturalWidth / seen.naturalHeight;
      area.style.aspectRatio = String(shape);
      area.style.maxInlineSize = `calc(75vh * ${shape})`;
      area.classList.add("ready");
      paint();
    };
    seen.src = area.dataset.picture;
    area.prepend(seen);
    area.classList.add("shown");
    timer = setTimeout(veil, LONGEST);
  }

  const numbers = (row) => [...row.querySelectorAll("input")].map((each) => each.value.trim());
  const filled = () => [...rows.children].filter((row) => numbers(row).every((text) => text !== ""));

  function place(box, [left, top, width, height]) {
    box.style.left = `${left}%`;
    box.style.top = `${top}%`;
    box.style.width = `${Math.min(width, 100 - left)}%`;
    box.style.height = `${Math.min(height, 100 - top)}%`;
  }

  function paint() {
    for (const old of area.querySelectorAll("i.kept")) old.remove();
    const boxes = filled();
    count.textContent = count.dataset.text.replace("{count}", boxes.length);
    if (!area.classList.contains("ready")) return;
    for (const row of boxes) {
      const box = document.createElement("i");
      box.className = "kept";
      place(box, numbers(row).map(Number));
      area.append(box);
    }
  }

  function keep(box) {
    const row = pattern.cloneNode(true);
    last += 1;
    [...row.querySelectorAll("input")].forEach((input, at) => {
      input.value = box[at].toFixed(2);
      input.id = `${input.name}-${last}`;
      row.querySelectorAll("label")[at].htmlFor = input.id;
    });
    ready(row);
    rows.insertBefore(row, rows.lastElementChild);
    [...rows.querySelectorAll("legend")].forEach((legend, number) => {
      legend.textContent = legend.textContent.replace(/\d+/, number + 1);
    });
    paint();
  }

  function ready(row) {
    const remove = row.querySelector("[data-remove]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      for (const input of row.querySelectorAll("input")) input.value = "";
      row.querySelector("input").focus();
      paint();
    });
  }

  function at(event) {
    const where = area.getBoundingClientRect();
    const inside = (part) => Math.max(0, Math.min(100, part * 100));
    return [inside((event.clientX - where.left) / where.width), inside((event.clientY - where.top) / where.height)];
  }

  const between = (one, two) => [
    Math.min(one[0], two[0]), Math.min(one[1], two[1]),
    Math.abs(one[0] - two[0]), Math.abs(one[1] - two[1]),
  ];

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    held = true;
    // Before it was seen once, its shape is not known: that press only looks.
    begun = area.classList.contains("ready") ? at(event) : null;
    reveal();
  });
  addEventListener("pointermove", (event) => {
    if (!begun) return;
    if (!drawn) { drawn = document.createElement("i"); area.append(drawn); }
    place(drawn, between(begun, at(event)));
  });
  addEventListener("pointerup", (event) => {
    if (!held) return;
    held = false;
    const box = begun ? between(begun, at(event)) : null;
    begun = null;
    if (drawn) { drawn.remove(); drawn = null; }
    if (box && box[2] >= LEAST && box[3] >= LEAST) keep(box);
    if (!timed) veil();
  });
  area.addEventListener("contextmenu", (event) => event.preventDefault());
  show.dataset.hidden = show.textContent;
  show.addEventListener("click", () => {
    if (timed) { veil(); return; }
    veil();
    timed = true;
    show.textContent = show.dataset.shown;
    reveal();
  });
  document.getElementById("undo").addEventListener("click", () => {
    const row = filled().at(-1);
    if (row) { for (const input of row.querySelectorAll("input")) input.value = ""; paint(); }
  });
  rows.addEventListener("input", paint);
  [...rows.children].forEach(ready);
  for (const kind of ["pointercancel", "blur", "pagehide"]) addEventListener(kind, veil);
  document.addEventListener("visibilitychange", () => { if (document.hidden) veil(); });
  area.hidden = more.hidden = false;
  paint();
})();
