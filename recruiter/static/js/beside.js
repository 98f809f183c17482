// Several forms stand on a page, and sending one shows the page anew. What was typed in the others waits in this tab
// meanwhile and is there again, but for a field that somebody has changed: that one is told, and not written over.
const KEY = "typed-beside";
const KEPT = 10 * 60 * 1000;
const SAID = "What you typed here is still here. It is not saved yet.";
const typed = new Set();

const who = () => document.querySelector(".me a")?.textContent ?? "";
const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const named = (form, name) => [...form.elements].filter((one) => one.name === name);

// What the server gave, and what stands there now.
const given = (field) => {
  if (ticked(field)) return field.defaultChecked;
  if (field.options) return [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0]?.value;
  return field.defaultValue;
};
const current = (field) => (ticked(field) ? field.checked : field.value);
const fill = (field, value) => {
  if (ticked(field)) field.checked = value;
  else field.value = value;
};

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (target.name && form?.method === "post" && form.closest("#main") && !["file", "password"].includes(target.type)) typed.add(target);
});

window.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method === "dialog" || (event.defaultPrevented && !("swap" in sent.dataset))) return;
  const left = [...typed]
    .filter((field) => field.isConnected && field.form && field.form !== sent && current(field) !== given(field))
    .map((field) => ({
      action: field.form.getAttribute("action"),
      name: field.name,
      place: named(field.form, field.name).indexOf(field),
      given: given(field),
      now: current(field),
    }));
  if (left.length) sessionStorage.setItem(KEY, JSON.stringify({ who: who(), at: Date.now(), left }));
});

const tell = (form, lost) => {
  form.querySelector("[data-beside]")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice notice-info";
  notice.dataset.beside = "";
  notice.setAttribute("role", "status");
  const words = lost.filter((one) => typeof one === "string" && one).map((one) => `“${one}”`);
  notice.textContent = words.length ? `Somebody changed this meanwhile. You had typed ${words.join(", ")}.` : SAID;
  form.prepend(notice);
  for (let menu = form.closest("details"); menu; menu = menu.parentElement.closest("details")) menu.open = true;
};

const back = () => {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (!kept) return;
  if (kept.who !== who() || Date.now() - kept.at > KEPT) {
    sessionStorage.removeItem(KEY);
    return;
  }
  const forms = [...document.querySelectorAll("#main form")];
  const found = new Map();
  for (const one of kept.left) {
    const form = forms.find((each) => each.getAttribute("action") === one.action && named(each, one.name)[one.place]);
    if (!form) continue;
    const field = named(form, one.name)[one.place];
    const lost = found.get(form) ?? [];
    if (given(field) === one.given) {
      fill(field, one.now);
      typed.add(field);
    } else lost.push(one.now);
    found.set(form, lost);
  }
  for (const [form, lost] of found) tell(form, lost);
  if (found.size) sessionStorage.removeItem(KEY); // else the page that has these forms comes later
};

document.addEventListener("swapped", back);
back();
