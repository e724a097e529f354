// Single letters as keys: they can be set otherwise and switched off (WCAG 2.1.4).

const defaults = {
  "find": ["/", "Search"],
  "help": ["?", "Show the keys"],
  "next": ["n", "Next claim (in a report)"],
  "before": ["p", "Claim before (in a report)"],
  "marks": ["u", "Marks over the text on or off (in a report)"],
  "accept": ["y", "Accept (in review)"],
  "reject": ["n", "Reject (in review)"],
  "edit": ["e", "Edit (in review), set right (in a report)"],
  "later": ["h", "Leave undecided (in review)"],
  "undo": ["u", "Undo the last decision (in review)"],
  "take-1": ["1", "Take the selected words for the first line (setting right)"],
  "take-2": ["2", "… for the second"],
  "take-3": ["3", "… for the third"],
  "take-4": ["4", "… for the fourth"],
};
const store = "allegata-keys";
const actions = new Map();

function load() {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
}

let settings = load();

function keyOf(name) {
  return (settings.keys && settings.keys[name]) || defaults[name][0];
}

function save() {
  try {
    localStorage.setItem(store, JSON.stringify(settings));
  } catch {
    // Kept for this page alone.
  }
}

/** Let a key do something on this page. */
export function onKey(name, action) {
  actions.set(name, action);
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (settings.off || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  for (const [name, action] of actions) {
    if (event.key === keyOf(name)) {
      event.preventDefault();
      action();
      return;
    }
  }
});

const dialog = document.getElementById("help");

function fillHelp() {
  const list = document.getElementById("keys-list");
  list.replaceChildren();
  for (const [name, [, what]] of Object.entries(defaults)) {
    const row = list.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.id = `key-${name}`;
    head.textContent = what;
    row.append(head);
    const input = document.createElement("input");
    input.maxLength = 1;
    input.value = keyOf(name);
    input.setAttribute("aria-labelledby", head.id);
    input.addEventListener("change", () => {
      settings.keys = settings.keys || {};
      if (input.value.trim()) settings.keys[name] = input.value.trim();
      else delete settings.keys[name];
      input.value = keyOf(name);
      save();
    });
    row.insertCell().append(input);
  }
  const on = document.getElementById("keys-on");
  on.checked = !settings.off;
  document.getElementById("graphic-veiled").checked = !settings.unveiled;
}

function openHelp() {
  fillHelp();
  dialog.showModal();
}

document.getElementById("help-open").addEventListener("click", openHelp);
document.getElementById("keys-on").addEventListener("change", (event) => {
  settings.off = !event.target.checked;
  save();
});
onKey("find", () => document.getElementById("q").focus());
onKey("help", openHelp);

/** Whether what tells of torture or abuse is blurred. */
function applyVeil() {
  document.documentElement.toggleAttribute("data-unveiled", Boolean(settings.unveiled));
}
applyVeil();
document.getElementById("graphic-veiled").addEventListener("change", (event) => {
  settings.unveiled = !event.target.checked;
  save();
  applyVeil();
});

// Whoever decides is asked once.
const whoStore = "allegata-who";
for (const input of document.querySelectorAll("[data-who]")) {
  try {
    if (!input.value) input.value = localStorage.getItem(whoStore) || "";
    input.addEventListener("change", () => localStorage.setItem(whoStore, input.value));
  } catch {
    // Asked again on the next page.
  }
}
