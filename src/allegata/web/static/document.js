// Marks over the text, without a change to it: the text stays one run of letters, however its
// writing joins them, and marks may overlap.

import { onKey } from "./keys.js";

const article = document.querySelector(".document");
const paragraphs = [...document.querySelectorAll("#text .piece")].map((element) => ({
  start: Number(element.dataset.start),
  end: Number(element.dataset.start) + element.textContent.length,
  node: element.firstChild,
  element,
}));
const claims = [...document.querySelectorAll(".claim")];
const canMark = "highlights" in CSS;

/** Parse "12-45 50-60". */
function spans(words) {
  return (words || "").split(" ").filter(Boolean).map((one) => one.split("-").map(Number));
}

function place(offset, atEnd) {
  for (const paragraph of paragraphs) {
    const inside = atEnd
      ? offset > paragraph.start && offset <= paragraph.end
      : offset >= paragraph.start && offset < paragraph.end;
    if (inside && paragraph.node) return [paragraph.node, offset - paragraph.start];
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

function activateEvent(element) {
  const claim = element.closest(".claim");
  if (claim) activate(claims.indexOf(claim), { focus: false, scroll: false });
  element.classList.add("active");
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
  const paragraph = spot && paragraphs.find((one) => one.node === spot.offsetNode);
  if (!paragraph || !getSelection().isCollapsed) return;
  const offset = paragraph.start + spot.offset;
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

applyMarks();
const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (target?.classList.contains("anchor")) activateEvent(target.closest(".event"));
else if (target?.classList.contains("claim")) activate(claims.indexOf(target));
else if (article.dataset.finds) {
  const first = ranges(article.dataset.finds)[0];
  if (first) show(first);
}
