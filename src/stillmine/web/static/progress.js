// Show how far a piece of work is, and go on to its answer when it is over.
"use strict";
const box = document.getElementById("progress");
const bar = box.querySelector("progress");
let misses = 0;

async function look() {
  let state;
  try {
    const answer = await fetch(box.dataset.state, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error("not now");
    state = await answer.json();
  } catch {
    misses += 1;
    if (misses < 5) setTimeout(look, 2000);
    return;
  }
  misses = 0;
  if (state.over) {
    location.reload();
    return;
  }
  document.getElementById("heading").textContent = state.heading;
  const said = document.getElementById("said");
  for (const line of state.said.slice(said.children.length)) {
    const told = document.createElement("p");
    told.className = "lede";
    told.textContent = line;
    said.append(told);
  }
  for (const part of ["doing", "counted", "left"]) {
    document.getElementById(part).textContent = state[part];
  }
  if (state.share === null) bar.removeAttribute("value");
  else bar.value = state.share;
  setTimeout(look, 1000);
}

setTimeout(look, 500);
