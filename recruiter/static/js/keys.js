// Keys that save a way with the mouse. Single letters work only while no field has focus, and not for who turned them off.
const ITEMS = ".cand h3 a, table tbody th[scope=row] a, .todo li a.nm, .todo li > a, .kw .nm, .tl > .tl-item";
// After g the page waits for the letter of a place as long as it takes, and shows that it waits: whoever is slow at a
// keyboard gets there too.
const waiting = document.getElementById("going");

const allowed = (event) =>
  document.documentElement.hasAttribute("data-single-keys") &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.target.closest("input, textarea, select, [contenteditable], dialog");

const visible = (item) => item.getClientRects().length > 0;
const items = () => {
  const column = document.activeElement?.closest?.("[data-column]");
  const within = column?.querySelector(ITEMS) ? column : document.getElementById("main");
  return [...within.querySelectorAll(ITEMS)].filter(visible);
};
const here = () => document.activeElement?.closest?.("[data-card], tr, li");

const step = (by) => {
  const all = items();
  if (!all.length) return;
  const at = all.findIndex((item) => item === document.activeElement || here()?.contains(item));
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  all[to].focus();
};

const sideways = (by) => {
  const all = [...document.querySelectorAll("[data-column]")];
  const at = all.indexOf(document.activeElement?.closest?.("[data-column]"));
  for (let to = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by; to >= 0 && to < all.length; to += by) {
    const first = all[to].querySelector(ITEMS);
    if (first) {
      first.focus();
      return;
    }
  }
};

const move = () => {
  const card = here();
  const menu = card?.querySelector(".move") || document.querySelector("#main .head details.menu");
  if (menu) {
    menu.open = true;
    (menu.querySelector(".menu-pop button, .menu-pop a") || menu.querySelector("summary")).focus();
    return true;
  }
  const link = card?.querySelector(".move-link, td:last-child a");
  link?.click();
  return Boolean(link);
};

const select = () => {
  const box = here()?.querySelector(".pick");
  if (box && visible(box)) box.click();
  return Boolean(box);
};

const find = () => {
  const field = document.querySelector("#main .toolbar input:not([type=hidden])") || document.querySelector("[data-find]");
  if (!field || !visible(field)) return false;
  field.focus();
  field.select();
  return true;
};

const list = () => document.getElementById("shortcuts")?.showModal();

const places = () => [...document.querySelectorAll("[data-go]")];
const stay = () => waiting && (waiting.textContent = "");
const ask = () => waiting && (waiting.textContent = waiting.dataset.places);
document.addEventListener("pointerdown", stay);
document.addEventListener("focusin", (event) => event.target.matches("input, textarea, select") && stay());

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  "]": () => sideways(1),
  "[": () => sideways(-1),
  m: move,
  x: select,
  "/": find,
  "?": list,
};

document.addEventListener("keydown", (event) => {
  if (!allowed(event) || event.defaultPrevented) return;
  if (waiting?.textContent) {
    stay();
    const link = places().find((item) => item.dataset.go === event.key);
    if (link || event.key === "Escape") {
      event.preventDefault();
      link?.click();
      return;
    }
  }
  if (event.key === "g") {
    ask();
    return;
  }
  if (event.key === "Enter" && event.target.matches(".tl-item")) event.target.querySelector("a")?.click();
  const act = ACTS[event.key];
  if (act) {
    if (act() !== false) event.preventDefault();
    return;
  }
  // What a page names itself: `data-key` is followed, `data-key-focus` is focused.
  const own = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"], [data-key-focus="${event.key}"]`);
  if (!own) return;
  event.preventDefault();
  if (own.dataset.key) own.click();
  else own.focus();
});
