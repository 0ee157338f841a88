// Files can be dropped onto the box; while they are taken in, say how far that is.
"use strict";
(() => {
  const form = document.getElementById("adding");
  const files = document.getElementById("files");
  const box = files.closest(".drop");
  const chosen = document.getElementById("chosen");
  const sending = document.getElementById("sending");
  document.getElementById("droppable").hidden = false;

  function tell() {
    const count = files.files.length;
    const said = count === 1 ? chosen.dataset.one : chosen.dataset.many;
    chosen.textContent = count ? said.replace("{count}", String(count)) : "";
  }
  files.addEventListener("change", tell);

  // A file that misses the box must not open in this tab: its name would be in the history.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => event.preventDefault());
  }
  box.addEventListener("dragover", () => box.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) {
    box.addEventListener(kind, () => box.classList.remove("over"));
  }
  box.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    tell();
  });

  form.addEventListener("submit", (event) => {
    if (!files.files.length) return;
    event.preventDefault();
    const bar = sending.querySelector("progress");
    const ask = new XMLHttpRequest();
    ask.open("POST", form.action);
    ask.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) bar.value = step.loaded / step.total;
    });
    ask.addEventListener("load", () => {
      if (ask.status < 400) location.replace(ask.responseURL);
      else form.submit();
    });
    ask.addEventListener("error", () => form.submit());
    form.querySelector("button.main").disabled = true;
    sending.hidden = false;
    ask.send(new FormData(form));
  });
})();
