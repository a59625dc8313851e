// A plain table that a living kernel has shown becomes one that is sorted, searched and paged.
//
// The kernel is asked for DataTables (as itables packs it, once for a page) and for each table's cells: nothing of either
// stands in the notebook, and nothing is fetched. Every text is set as text, never as HTML.
const PROGRAM = Symbol.for("datakollen.datatables");
const MARK = "data-datakollen-table";
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const LONG = 40; // characters of a text that may be broken into lines

const escaped = (text) => String(text).replace(/[&<>"']/g, (one) => ENTITIES[one]);

async function started(program, style) {
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

// A program that is on its way is waited for by all notebooks of the page.
function awaited() {
  if (!globalThis[PROGRAM]) {
    const waiting = {};
    waiting.loaded = new Promise((resolve, reject) => Object.assign(waiting, { resolve, reject }));
    globalThis[PROGRAM] = waiting;
    return { waiting, first: true };
  }
  return { waiting: globalThis[PROGRAM], first: false };
}

function headed(columns) {
  const table = document.createElement("table"), row = table.createTHead().insertRow();
  table.className = "display compact";
  for (const column of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column.name;
    row.append(cell);
  }
  return table;
}

function drawn(DataTable, told) {
  const table = headed(told.columns), order = new Intl.Collator(told.locale, { numeric: true });
  DataTable.ext.type.order[`words-${told.locale}-asc`] = (a, b) => order.compare(a, b);
  DataTable.ext.type.order[`words-${told.locale}-desc`] = (a, b) => order.compare(b, a);
  const shown = (cell, type) => (type === "display" ? escaped(cell) : cell);
  const numeric = (cell, type) => (type === "sort" || type === "type" ? cell[1] : shown(cell[0], type));
  const long = told.columns.map((column, at) => !column.number && told.rows.some((row) => row[at].length > LONG));
  const box = document.createElement("div");
  box.className = "datakollen-table";
  box.append(table);
  const ready = () =>
    new DataTable(table, {
      data: told.rows,
      columns: told.columns.map((column, at) =>
        column.number
          ? { type: "num", className: "dt-right", render: numeric }
          : { type: `words-${told.locale}`, className: `dt-left${long[at] ? " long" : ""}`, render: shown }
      ),
      order: [],
      autoWidth: false,
      pageLength: told.page,
      lengthMenu: told.lengths,
      language: told.words,
      layout: { topStart: "pageLength", topEnd: "search", bottomStart: "info", bottomEnd: "paging" },
    });
  return { box, ready };
}

function initialize({ model }) {
  const kernel = model.get("kernel"), asked = new WeakSet();
  const waiting = () => document.querySelectorAll(`[${MARK}^="${kernel}:"]`);
  const ask = () => {
    for (const place of waiting()) {
      if (asked.has(place)) continue;
      asked.add(place);
      model.send({ table: place.getAttribute(MARK) });
    }
  };
  const { waiting: program, first } = awaited();
  if (first) model.send({ program: true });
  model.on("msg:custom", async (said, buffers) => {
    const texts = buffers.map((one) => new TextDecoder().decode(one));
    if (said.program) {
      started(texts[0], texts[1]).then(program.resolve, program.reject);
      return;
    }
    const told = JSON.parse(texts[0]), { default: DataTable, set_or_remove_dark_class: theme } = await program.loaded;
    for (const place of waiting()) {
      if (place.getAttribute(MARK) !== said.table || place.dataset.drawn) continue;
      place.dataset.drawn = "1";
      const { box, ready } = drawn(DataTable, told);
      theme();
      place.querySelector("[data-plain]").replaceWith(box);
      ready();
    }
  });
  const seen = new MutationObserver(ask);
  seen.observe(document.body, { childList: true, subtree: true });
  ask();
  return () => seen.disconnect();
}

export default { initialize };
