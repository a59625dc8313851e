// A button to copy each value. Without it the values are there to be marked and copied by hand.
"use strict";
const live = document.getElementById("live");
const { copy, copied } = document.body.dataset;
function mark(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const chosen = window.getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}
for (const value of document.querySelectorAll("code.value")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = copy;
  const field = value.closest("dl.form > div").querySelector("dt").firstChild.textContent.trim();
  button.setAttribute("aria-label", `${copy}: ${field}`);
  button.addEventListener("click", async () => {
    mark(value);
    try {
      await navigator.clipboard.writeText(value.textContent);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = copied;
    live.textContent = `${copied}: ${field}`;
    window.setTimeout(() => (button.textContent = copy), 2000);
  });
  value.after(button);
}
