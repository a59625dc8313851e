// Tables are sorted and filtered, and what an address points to is opened. All content is on the page without it.
"use strict";
const say = (live, text) => { if (live) live.textContent = text; };
const value = (row, column) => {
  const cell = row.cells[column];
  return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
};
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
function compare(a, b, numeric) {
  if (!numeric) return collator.compare(a, b);
  // what has no number stands last, whichever way
  const [x, y] = [a, b].map((one) => (one === "" ? NaN : Number(one)));
  return x - y;
}
function sort(table, head, live) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const column = head.cellIndex;
  const body = table.tBodies[0];
  const numeric = head.dataset.kind === "number";
  const rows = [...body.rows];
  const empty = (row) => value(row, column) === "";
  const full = rows.filter((row) => !empty(row));
  full.sort((a, b) => compare(value(a, column), value(b, column), numeric) * (down ? -1 : 1));
  body.append(...full, ...rows.filter(empty));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  say(live, `${table.dataset.sorted} ${head.textContent.trim()}, ${down ? table.dataset.down : table.dataset.up}`);
}
for (const table of document.querySelectorAll("table[data-sorted]")) {
  const live = document.getElementById("live");
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head, live));
  }
}
for (const form of document.querySelectorAll("form.filter")) {
  const table = document.getElementById(form.dataset.for);
  const counted = form.querySelector("[data-count]");
  const selects = [...form.querySelectorAll("select")];
  const apply = () => {
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      row.hidden = selects.some((one) => one.value !== "" && row.dataset[one.name] !== one.value);
      shown += row.hidden ? 0 : 1;
    }
    say(counted, counted.dataset.count.replace("{shown}", shown).replace("{all}", table.tBodies[0].rows.length));
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
}
function open(hash) {
  const there = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  for (let one = there; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  if (there) there.scrollIntoView();
}
addEventListener("hashchange", () => open(location.hash));
open(location.hash);
