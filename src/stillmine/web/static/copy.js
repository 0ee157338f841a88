// A button beside what is to be taken along; without a script it can be selected as text.
"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(text.textContent);
    const said = button.textContent;
    button.textContent = button.dataset.done || said;
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}
