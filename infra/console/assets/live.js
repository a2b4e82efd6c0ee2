// Keeps an open page level with what the server shows. The page reads without it.
const main = document.getElementById("main");
const line = document.getElementById("live");
const waits = document.getElementById("waits");
let source = null;

if (main && line && main.dataset.version) {
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : watch()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", watch);
  if (!document.hidden) watch();
}

function watch() {
  if (source) return;
  source = new EventSource(location.href);
  source.addEventListener("main", ({ data, lastEventId }) => {
    say("live");
    if (lastEventId !== main.dataset.version) show(data, lastEventId);
  });
  source.addEventListener("waits", ({ data }) => {
    if (waits) waits.textContent = data;
  });
  source.addEventListener("stale", () => say("stale"));
  source.addEventListener("error", () => say("stale"));
}

function leave() {
  source?.close();
  source = null;
}

function say(word) {
  line.hidden = false;
  line.className = word;
  if (line.textContent !== line.dataset[word]) line.textContent = line.dataset[word];
}

function show(markup, version) {
  const next = document.createElement("main");
  next.innerHTML = markup;
  bringLevel(main, next);
  main.dataset.version = version;
}

// Changes only what differs, so that focus, scroll, what is open and what is being typed stay.
function bringLevel(old, next) {
  const kept = new Set();
  const names = new Set([...next.children].map(({ id }) => id));
  // First, so that what stays need not be moved past it: a moved element loses its focus.
  for (const child of [...old.children]) if (child.id && !names.has(child.id)) child.remove();
  const named = new Map([...old.children].filter(({ id }) => id).map((child) => [child.id, child]));
  let place = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    const same = (wanted.id && named.get(wanted.id)) || findAlike(place, wanted);
    if (!same) {
      old.insertBefore(wanted, place);
      kept.add(wanted);
      continue;
    }
    kept.add(same);
    if (wanted.id && same !== place) old.insertBefore(same, place);
    else place = same.nextSibling;
    change(same, wanted);
  }
  for (const child of [...old.childNodes]) if (!kept.has(child)) child.remove();
}

// From where one stands on: what lies between and has no name is gone.
function findAlike(place, wanted) {
  for (let node = place; node; node = node.nextSibling)
    if (node.nodeName === wanted.nodeName && (node.id ?? "") === (wanted.id ?? "")) return node;
  return null;
}

function change(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  // What somebody is typing in is his.
  if (old === document.activeElement && old.matches("input, select, textarea")) return;
  for (const { name } of [...old.attributes])
    if (!next.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of next.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  bringLevel(old, next);
}
