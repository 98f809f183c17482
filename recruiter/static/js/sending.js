// A form is sent once, and only while the server can be reached: the browser's own page about a lost connection would
// take the place of what was typed. Forms that are sent without leaving the page (data-swap) see to it themselves.
const WAIT = 8000;
const UNSENT = "Not saved, no connection. Keep this page open.";
const typedIn = new WeakSet();
const reached = new WeakSet();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form) typedIn.add(form);
});

const tell = (form, sender) => {
  const notice = document.createElement("p");
  notice.className = "notice notice-late";
  notice.dataset.unsent = "";
  notice.setAttribute("role", "alert");
  notice.textContent = UNSENT;
  const buttons = sender?.form === form && form.contains(sender) ? sender.closest(".row-actions") || sender : null;
  if (buttons) buttons.before(notice);
  else form.append(notice);
};

const ask = async (form, sender) => {
  form.setAttribute("aria-busy", "true");
  try {
    const place = document.querySelector("link[rel=icon]").href;
    if (navigator.onLine) {
      await fetch(place, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(WAIT) });
      reached.add(form);
    }
  } catch {
    // Told below: nothing has left the page.
  }
  form.removeAttribute("aria-busy");
  delete form.dataset.sent;
  if (reached.has(form)) form.requestSubmit(sender?.form === form ? sender : null);
  else if (form.dispatchEvent(new CustomEvent("unsent", { cancelable: true, detail: UNSENT }))) tell(form, sender);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const method = event.submitter?.getAttribute("formmethod") || form.method;
  if (method !== "post") return;
  form.querySelector("[data-unsent]")?.remove();
  form.dataset.sent = "yes";
  if (typedIn.has(form) && !reached.has(form) && (!("swap" in form.dataset) || event.submitter?.hasAttribute("formaction"))) {
    event.preventDefault();
    ask(form, event.submitter);
    return;
  }
  reached.delete(form);
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
