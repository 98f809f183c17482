// A form marked data-swap is sent without leaving the page: what it leads to takes the place of what is shown, and is
// announced. A form that asks back (a reason, a conflict) opens in a dialog. Without this script the same form is a page.
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const main = () => document.getElementById("main");

const say = (sentence) => {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => {
    live.textContent = sentence;
  }, 60);
};

const messages = (page) =>
  [...page.querySelectorAll("#main .flash > div")].map((item) => item.textContent.trim()).join(" ");

const show = (page, address, keeps = true) => {
  const picked = new Set(!keeps ? [] : [...document.querySelectorAll(".pick:checked")].map((item) => item.value.split(":")[0]));
  const board = document.querySelector("[data-board]");
  const left = board ? board.scrollLeft : 0;
  const elsewhere = new URL(address).pathname !== location.pathname;
  const sentence = messages(page);
  const content = page.getElementById("main");
  if (!content) {
    location.assign(address);
    return;
  }
  const [shell, next] = [document.querySelector(".shell"), page.querySelector(".shell")];
  if (elsewhere && !(shell && next)) {
    location.assign(address);
    return;
  }
  if (elsewhere) shell.replaceWith(next);
  else main().replaceChildren(...content.childNodes);
  document.title = page.title;
  history.replaceState(null, "", address);
  for (const box of document.querySelectorAll(".pick")) box.checked = picked.has(box.value.split(":")[0]);
  const after = document.querySelector("[data-board]");
  if (after) after.scrollLeft = left;
  document.dispatchEvent(new CustomEvent("swapped"));
  say(sentence);
};

const focus = (id) => {
  const target = (id && document.getElementById(id)) || document.querySelector("#main h1");
  if (!target) return;
  if (!target.matches("a, button, input, select, textarea, summary, [tabindex]")) target.tabIndex = -1;
  target.focus();
};

// The form of a page, in a dialog over the page from which it was asked for.
const ask = (page, address, opener) => {
  const form = page.querySelector("#main form.card");
  const title = page.querySelector("#main h1");
  if (!form || !title) return false;
  document.querySelector("dialog[data-asks]")?.remove();
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  heading.id = "asked";
  heading.className = "h2";
  heading.textContent = title.textContent.trim();
  dialog.className = "dlg";
  dialog.dataset.asks = "";
  dialog.setAttribute("aria-labelledby", "asked");
  form.classList.remove("card", "card-pad", "narrow");
  form.classList.add("dlg-body");
  form.dataset.swap = "";
  form.dataset.opener = opener;
  if (!form.getAttribute("action")) form.action = address;
  form.prepend(heading);
  dialog.append(form);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".row-actions a")) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    focus(opener);
  });
  document.body.append(dialog);
  dialog.showModal();
  (dialog.querySelector("#errors") || dialog.querySelector("[name]:not([type=hidden])")).focus();
  return true;
};

const refuse = (sentence) => {
  for (const old of document.querySelectorAll("[data-refused]")) old.remove();
  const notice = document.createElement("p");
  notice.dataset.refused = "";
  notice.className = "notice notice-late flash";
  notice.textContent = sentence;
  const openForm = document.querySelector("dialog[data-asks][open] form");
  const place = openForm || main().querySelector("[role=status]") || main();
  place.prepend(notice);
  say(sentence);
};

const refresh = async () => {
  const answer = await fetch(location.href);
  if (answer.ok) show(parse(await answer.text()), answer.url);
};

const send = async (form, sender) => {
  const opener = form.dataset.opener || form.closest("[data-card]")?.querySelector(".move > summary")?.id || sender?.id || "";
  main().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, sender) });
    const page = parse(await answer.text());
    if (new URL(answer.url).pathname === "/sign-in") {
      location.assign(answer.url);
    } else if (answer.ok && answer.redirected) {
      document.querySelector("dialog[data-asks]")?.remove();
      show(page, answer.url, !form.elements.namedItem("do")); // those who were ticked have been acted on
      focus(opener);
    } else {
      if (answer.status === 409) await refresh(); // somebody else was quicker: the page behind shows what they did
      const sentence = page.querySelector("#main [role=alert], #main .error-summary, #main p")?.textContent.trim();
      if (ask(page, answer.url, opener)) say(sentence || "");
      else refuse(sentence || "Not done. Reload the page and try again.");
    }
  } catch {
    refuse("Not saved, no connection. Keep this page open.");
  } finally {
    delete form.dataset.sent;
    main().removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]") || event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  send(form, event.submitter);
});
document.addEventListener("refused", (event) => refuse(event.detail));
