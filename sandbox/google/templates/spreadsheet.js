// A spreadsheet in the hands of a person: to select, to type, to choose, to tick.
const book = document.querySelector("#sheets"), tabs = [...document.querySelectorAll("nav a")];
const place = document.querySelector(".place"), content = document.querySelector(".content");
const refused = document.querySelector(".refused"), writable = book.classList.contains("writable");
const WARNING = "You are trying to edit part of this sheet that should not be changed accidentally. Edit anyway?";
const current = () => book.querySelector("main:not([hidden])");
const selected = () => current().querySelector("td.selected");
const typed = cell => cell.dataset.typed ?? cell.textContent;

function show() {
  const [tab, range] = location.hash.split("&range=");
  const sheets = [...book.querySelectorAll("main")];
  const wanted = sheets.find(sheet => "#" + sheet.id === tab) ?? sheets[0];
  sheets.forEach((sheet, index) => {
    sheet.hidden = sheet !== wanted;
    tabs[index].classList.toggle("current", sheet === wanted);
  });
  layOut();
  const cell = at(range?.split(":")[0] ?? "A1") ?? wanted.querySelector("td");
  select(cell);
  if (range) cell.scrollIntoView({ block: "center", inline: "nearest" });
}

const at = name => current().querySelector(`td[data-at="${CSS.escape(name)}"]`);

// Rows are as high as their text: what stays at the top, and charts, go where the rows are.
function layOut() {
  let top = current().querySelector("thead").offsetHeight;
  for (const row of current().querySelectorAll("tr.frozen")) {
    for (const cell of row.children) cell.style.top = top + "px";
    top += row.offsetHeight;
  }
  for (const figure of current().querySelectorAll("figure")) {
    const cell = at(figure.dataset.anchor);
    if (cell) put(figure, cell, +figure.dataset.right, +figure.dataset.down);
  }
}

function put(element, cell, right = 0, down = 0) {
  const from = current().getBoundingClientRect(), to = cell.getBoundingClientRect();
  element.style.left = to.left - from.left + current().scrollLeft + right + "px";
  element.style.top = to.top - from.top + current().scrollTop + down + "px";
}

// Over the page, not in the sheet: what is being typed outlives a sheet that is drawn anew.
function putOver(element, cell, down = 0) {
  const to = cell.getBoundingClientRect();
  document.body.append(element);
  element.style.left = Math.max(0, Math.min(to.left, innerWidth - element.offsetWidth)) + "px";
  element.style.top = to.top + down + "px";
}

function select(cell) {
  book.querySelectorAll("td.selected").forEach(other => other.classList.remove("selected"));
  book.querySelectorAll(".note").forEach(open => open.remove());
  cell.classList.add("selected");
  place.textContent = cell.dataset.at;
  content.textContent = typed(cell);
  if (cell.title) {
    const note = Object.assign(document.createElement("div"), { className: "note", textContent: cell.title });
    current().append(note);
    put(note, cell, 12, cell.offsetHeight + 4);
  }
}

function step(rows, columns) {
  const row = selected().parentElement, index = [...row.children].indexOf(selected()) + columns;
  const lines = [...current().querySelectorAll("tbody tr")];
  const cell = lines[lines.indexOf(row) + rows]?.children[index];
  if (cell?.matches("td")) {
    select(cell);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

async function write(cell, text) {
  if (!writable || (cell.classList.contains("warned") && !confirm(WARNING))) return show_as_is(cell);
  const name = cell.dataset.at, sheet = current(), gid = +sheet.id.slice("gid=".length);
  const answer = await fetch(address(), { method: "POST", body: JSON.stringify({ gid, at: name, text }) });
  if (!(await draw(sheet, answer))) show_as_is(cell);
}

function address() {
  return location.pathname.replace(/\/edit$/, "") + "/cells" + location.search;
}

// A tab as it is now in the place of the one that was: others write, too.
async function draw(sheet, answer) {
  const said = await answer.text(), old = document.getElementById(sheet.id);
  refused.textContent = answer.ok ? "" : said;
  if (!answer.ok) return false;
  const { hidden, scrollLeft, scrollTop } = old;
  old.outerHTML = said;
  const drawn = document.getElementById(sheet.id);
  drawn.hidden = hidden;
  if (hidden) return true;
  layOut();
  drawn.scrollTo(scrollLeft, scrollTop);
  select(at(place.textContent) ?? drawn.querySelector("td"));
  return true;
}

async function refresh() {
  const sheet = current(), gid = sheet.id.slice("gid=".length);
  const query = location.search ? location.search + "&" : "?";
  draw(sheet, await fetch(`${address().split("?")[0]}${query}gid=${gid}`));
}

function show_as_is(cell) {
  const box = cell.querySelector("input[type=checkbox]");
  if (box) box.checked = box.defaultChecked;
}

function edit(cell, text) {
  if (!writable || cell.querySelector("input[type=checkbox]")) return;
  const editor = Object.assign(document.createElement("input"), { className: "editor", value: text });
  editor.setAttribute("aria-label", "Cell " + cell.dataset.at);
  editor.style.width = Math.max(cell.offsetWidth, 80) + "px";
  editor.style.height = cell.offsetHeight + "px";
  putOver(editor, cell);
  offer(cell, editor);
  editor.focus();
  let open = true;
  const close = keep => {
    if (!open) return;
    open = false;
    const changed = keep && editor.value !== typed(cell);
    editor.remove();
    closeLists();
    if (changed) write(cell, editor.value);
  };
  editor.addEventListener("blur", () => close(true));
  editor.addEventListener("input", () => offer(cell, editor));
  editor.addEventListener("keydown", event => {
    event.stopPropagation();
    if (event.key === "Escape") close(false);
    if (event.key !== "Enter" && event.key !== "Tab") return;
    event.preventDefault();
    close(true);
    event.key === "Enter" ? step(1, 0) : step(0, 1);
  });
}

const closeLists = () => document.querySelectorAll("ul.choices").forEach(list => list.remove());

// The choices below a cell; those that hold what has been typed so far.
function offer(cell, editor) {
  closeLists();
  if (!cell.dataset.choice) return;
  const list = Object.assign(document.createElement("ul"), { className: "choices" });
  list.setAttribute("role", "listbox");
  list.append(current().querySelectorAll("template.list")[+cell.dataset.choice].content.cloneNode(true));
  const begun = editor.value === typed(cell) ? "" : editor.value.toLowerCase();
  list.querySelectorAll("li").forEach(one => (one.hidden = !one.textContent.toLowerCase().includes(begun)));
  list.addEventListener("pointerdown", event => {
    event.preventDefault(); // the editor keeps the focus, so that a choice is one change and not two
    if (!event.target.matches("li")) return;
    editor.value = event.target.textContent;
    editor.blur();
  });
  putOver(list, editor, editor.offsetHeight);
}

book.addEventListener("click", event => {
  const cell = event.target.closest("td");
  if (!cell || event.target.closest("a")) return;
  const again = cell === selected() || event.target.matches(".choose");
  if (cell !== selected()) select(cell);
  if (event.target.matches("input[type=checkbox]")) write(cell, event.target.checked ? "TRUE" : "FALSE");
  else if (again) edit(cell, typed(cell));
});
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Tab: [0, 1] };
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("nav, header")) return;
  const box = selected().querySelector("input[type=checkbox]");
  if (event.key === " " && box) write(selected(), box.checked ? "FALSE" : "TRUE");
  else if (ARROWS[event.key]) step(...ARROWS[event.key]);
  else if (event.key === "Enter" || event.key === "F2") edit(selected(), typed(selected()));
  else if (event.key === "Delete" || event.key === "Backspace") write(selected(), "");
  else if (event.key.length === 1) edit(selected(), event.key);
  else return;
  event.preventDefault();
});
addEventListener("hashchange", () => (show(), refresh()));
addEventListener("resize", layOut);
show();
