// While a passphrase is chosen: say how strong it is. It goes to this computer's own program only.
"use strict";
(() => {
  const box = document.getElementById("strength");
  const field = document.getElementById("new_passphrase");
  if (!box || !field) return;
  const bars = [...box.querySelectorAll("i")];
  let asked = 0;

  async function look() {
    const mine = ++asked;
    try {
      const body = new URLSearchParams({ new_passphrase: field.value });
      const answer = await fetch(box.dataset.ask, { method: "POST", body, redirect: "error" });
      if (!answer.ok || mine !== asked) return;
      const { score, said } = await answer.json();
      bars.forEach((bar, at) => bar.classList.toggle("on", at <= score));
      box.querySelector("p").textContent = said;
      box.hidden = score < 0;
    } catch { /* without an answer nothing is said */ }
  }

  let soon;
  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(look, 250);
  });
})();
