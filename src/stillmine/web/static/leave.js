// Leave in one move: empty the page, lock, and put another page in the place of this one.
"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("leave");
  const facts = root.dataset;
  let leaving = false;

  function blank() {
    document.title = "New page";
    root.replaceChildren();
    root.style.background = "Canvas";
  }

  function leave(event) {
    if (event) event.preventDefault();
    if (leaving) return;
    leaving = true;
    const address = form.getAttribute("action");
    blank();
    const on = () => location.replace(facts.to || "about:blank");
    // However busy the other side is, nobody waits for it: `keepalive` lets the word arrive.
    setTimeout(on, 400);
    fetch(address, { method: "POST", keepalive: true, redirect: "error" }).then(on, on);
  }

  // The Shift key alone, three times, each within two seconds of the one before (GOV.UK Design
  // System, "Exit this page"). Shift that makes a capital letter does not count.
  let shifts = 0;
  let last = 0;
  let alone = false;
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
    if (!alone && event.key !== "Shift") shifts = 0;
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    shifts = event.timeStamp - last < 2000 ? shifts + 1 : 1;
    last = event.timeStamp;
    if (shifts >= 3) leave();
  }, true);

  if (form) {
    form.addEventListener("submit", leave);
    for (const link of document.querySelectorAll(`a[href="${form.getAttribute("action")}"]`)) {
      link.addEventListener("click", leave);
    }
  }

  // Back must not bring a page from memory; it is asked for anew, and then it may be gone.
  addEventListener("pagehide", () => { root.style.visibility = "hidden"; });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      blank();
      location.reload();
    } else {
      root.style.visibility = "";
    }
  });

  // Nobody is there: the page empties itself when the vault locks. While somebody reads or types,
  // the other side hears of it now and then, so that it does not lock in the middle of a letter.
  const after = Number(facts.after) * 1000;
  if (!after) return;
  const often = Math.min(30000, after / 3);
  let idle;
  let told = performance.now();
  function rest() {
    clearTimeout(idle);
    idle = setTimeout(() => {
      blank();
      location.reload();
    }, after + 3000);
  }
  function active() {
    rest();
    if (performance.now() - told < often || leaving) return;
    told = performance.now();
    fetch(facts.here, { method: "POST", redirect: "error" }).catch(() => {});
  }
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    addEventListener(kind, active, { passive: true });
  }
  rest();
})();
