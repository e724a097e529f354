// Marks over the text, without a change to it: the text stays one run of letters, however its
// writing joins them, and marks may overlap.

import { onKey } from "./keys.js";

const article = document.querySelector(".document");
const pieces = [...document.querySelectorAll("#text .piece")].map((element) => ({
  start: Number(element.dataset.start),
  text: element.textContent,
  element,
}));
let parts = [];
const claims = [...document.querySelectorAll(".claim")];
const canMark = "highlights" in CSS;

/** The text nodes of the report, with where each stands in it. */
function gatherParts() {
  parts = [];
  for (const piece of pieces) {
    let start = piece.start;
    for (const node of piece.element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      parts.push({ start, end: start + node.length, node });
      start += node.length;
    }
  }
}

/** Parse "12-45 50-60". */
function spans(words) {
  return (words || "").split(" ").filter(Boolean).map((one) => one.split("-").map(Number));
}

function place(offset, atEnd) {
  for (const part of parts) {
    const inside = atEnd
      ? offset > part.start && offset <= part.end
      : offset >= part.start && offset < part.end;
    if (inside) return [part.node, offset - part.start];
  }
  return null;
}

function rangeOf([start, end]) {
  const first = place(start, false);
  const last = place(end, true);
  if (!first || !last) return null;
  const range = new Range();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
}

function ranges(words) {
  return spans(words).map(rangeOf).filter(Boolean);
}

function set(name, found, priority) {
  if (!canMark) return;
  const highlight = new Highlight(...found);
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}

function drawMarks() {
  const contents = [[], [], [], []];
  const sources = [];
  const cues = [];
  for (const claim of claims) {
    contents[Number(claim.dataset.depth) - 1].push(...ranges(claim.dataset.content));
    sources.push(...ranges(claim.dataset.source));
    cues.push(...ranges(claim.dataset.cue));
  }
  contents.forEach((found, at) => set(`content-${at + 1}`, found, at));
  set("event", [...document.querySelectorAll(".event")].flatMap((one) => ranges(one.dataset.triggers)), 5);
  set("source", sources, 6);
  set("cue", cues, 7);
  set("find", ranges(article.dataset.finds), 8);
}

function clearMarks() {
  if (!canMark) return;
  CSS.highlights.clear();
}

function show(range) {
  document.getElementById("text").classList.add("seen");
  const top = range.getBoundingClientRect();
  if (top.top < 80 || top.bottom > innerHeight - 40) {
    scrollTo({ top: scrollY + top.top - innerHeight / 3 });
  }
}

let active = -1;

function activate(index, { focus = true, scroll = true } = {}) {
  if (index < 0 || index >= claims.length) return;
  document.querySelectorAll(".active").forEach((one) => one.classList.remove("active"));
  active = index;
  activeEvent = null;
  const claim = claims[index];
  claim.classList.add("active");
  if (focus) claim.focus({ preventScroll: true });
  reveal(claim);
  const found = ranges(claim.dataset.content);
  set("active", found, 9);
  set("active-event", [], 10);
  const first = ranges(claim.dataset.source)[0] || found[0];
  if (scroll && first) show(first);
}

/** Scroll the tree, and not the page, where the tree scrolls by itself. */
function reveal(element) {
  const tree = element.closest(".tree");
  if (tree.scrollHeight > tree.clientHeight + 4) {
    const box = element.getBoundingClientRect();
    const frame = tree.getBoundingClientRect();
    if (box.top < frame.top + 8 || box.bottom > frame.bottom - 20) {
      tree.scrollTop += box.top - frame.top - 60;
    }
  }
}

let activeEvent = null;

function activateEvent(element) {
  const claim = element.closest(".claim");
  if (claim) activate(claims.indexOf(claim), { focus: false, scroll: false });
  element.classList.add("active");
  activeEvent = element;
  reveal(element);
  const found = ranges(element.dataset.triggers);
  set("active-event", found, 10);
  if (found[0]) show(found[0]);
}

claims.forEach((claim, index) => {
  claim.querySelector(".number").addEventListener("click", () => activate(index));
  claim.querySelector(".said").addEventListener("click", () => activate(index));
});
document.querySelectorAll(".event").forEach((element) => {
  element.addEventListener("click", (event) => {
    if (!event.target.closest("a")) activateEvent(element);
  });
});

document.getElementById("text").addEventListener("click", (event) => {
  const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const part = spot && parts.find((one) => one.node === spot.offsetNode);
  if (!part || !getSelection().isCollapsed) return;
  const offset = part.start + spot.offset;
  let best = -1;
  let shortest = Infinity;
  claims.forEach((claim, index) => {
    const all = `${claim.dataset.content} ${claim.dataset.source} ${claim.dataset.cue}`;
    for (const [start, end] of spans(all)) {
      if (offset >= start && offset <= end && end - start < shortest) {
        best = index;
        shortest = end - start;
      }
    }
  });
  if (best >= 0) activate(best, { focus: true, scroll: false });
});

const box = document.getElementById("marks-on");
function applyMarks() {
  document.getElementById("marks-note").hidden = box.checked;
  if (box.checked) {
    drawMarks();
    if (active >= 0) set("active", ranges(claims[active].dataset.content), 9);
  } else clearMarks();
}
box.addEventListener("change", applyMarks);
onKey("marks", () => {
  box.checked = !box.checked;
  applyMarks();
});
onKey("next", () => activate(Math.min(active + 1, claims.length - 1)));
onKey("before", () => activate(Math.max(active - 1, 0)));

/** Words for screen readers where claims begin and end; no letter of the text is touched. */
const borders = document.getElementById("borders-on");

function bordersIn(piece) {
  const found = [];
  const end = piece.start + piece.text.length;
  for (const claim of claims) {
    const number = claim.querySelector(".number").textContent;
    for (const [first, last] of spans(claim.dataset.content)) {
      if (first >= piece.start && first < end) found.push([first, 1, `claim ${number} begins`]);
      if (last > piece.start && last <= end) found.push([last, 0, `claim ${number} ends`]);
    }
  }
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

function applyBorders() {
  for (const piece of pieces) {
    const found = borders.checked ? bordersIn(piece) : [];
    const nodes = [];
    let done = piece.start;
    for (const [at, , words] of found) {
      if (at > done) nodes.push(piece.text.slice(done - piece.start, at - piece.start));
      const border = document.createElement("span");
      border.className = "border";
      border.role = "img";
      border.ariaLabel = words;
      nodes.push(border);
      done = Math.max(done, at);
    }
    nodes.push(piece.text.slice(done - piece.start));
    piece.element.replaceChildren(...nodes.filter((node) => node !== ""));
  }
  gatherParts();
  applyMarks();
}
borders.addEventListener("change", applyBorders);

applyBorders();
const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (target?.classList.contains("anchor")) activateEvent(target.closest(".event"));
else if (target?.classList.contains("claim")) activate(claims.indexOf(target));
else if (article.dataset.finds) {
  const first = ranges(article.dataset.finds)[0];
  if (first) show(first);
}

// Setting right: words are taken from the text by selecting them.
onKey("edit", () => {
  const where = activeEvent || claims[active];
  where?.querySelector(".edit")?.click();
});

const form = document.getElementById("correct");

/** Where the selection stands in the text, in UTF-16 units. */
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  let first = null;
  let last = null;
  for (const part of parts) {
    if (!range.intersectsNode(part.node)) continue;
    const start = part.node === range.startContainer ? range.startOffset : 0;
    const end = part.node === range.endContainer ? range.endOffset : part.node.length;
    if (end <= start) continue;
    first ??= part.start + start;
    last = part.start + end;
  }
  return first === null ? null : [first, last];
}

/** An offset in code points, as reports are kept. */
function inPoints(offset) {
  let pairs = 0;
  for (const { start, text } of pieces) {
    if (start >= offset) break;
    pairs += (text.slice(0, offset - start).match(/[\ud800-\udbff][\udc00-\udfff]/g) || []).length;
  }
  return offset - pairs;
}

function wordsAt([start, end]) {
  return pieces
    .filter((piece) => piece.start < end && piece.start + piece.text.length > start)
    .map(({ start: at, text }) => text.slice(Math.max(0, start - at), end - at))
    .join(" ");
}

if (form) {
  const rows = [...form.querySelectorAll(".row")];
  document.getElementById("select-note").hidden = false;
  const mark = () => set("taken", rows.flatMap((row) => ranges(row.dataset.at)), 11);
  rows.forEach((row, index) => {
    const [words, , at] = row.querySelectorAll("input");
    const button = row.querySelector(".take");
    const take = () => {
      const found = selected();
      if (!found) return;
      words.value = wordsAt(found);
      at.value = `${inPoints(found[0])}-${inPoints(found[1])}`;
      row.dataset.at = `${found[0]}-${found[1]}`;
      row.classList.add("set");
      mark();
    };
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", take);
    words.addEventListener("input", () => {
      at.value = "";
    });
    onKey(`take-${index + 1}`, take);
  });
  mark();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      document.getElementById("leave").click();
    }
  });
  document.getElementById("correct-title").focus({ preventScroll: true });
}
