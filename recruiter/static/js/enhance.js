// Saves a page load here and there; nothing works only with it.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  }
});

// The first form stands open where there is room for it; on a phone the list comes first.
if (matchMedia("(min-width: 1101px)").matches) {
  for (const form of document.querySelectorAll("details[data-open-when-wide]")) form.open = true;
}

// On a phone the tab of this page may stand beyond the edge.
document.querySelector(".tabs [aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// The document beside a form follows what is typed 400 ms after it stops. Nothing is saved by that.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const paper = document.querySelector("[data-preview-paper]");
  const status = document.querySelector("[data-preview-said]");
  let timer = 0;
  let request = new AbortController();
  const refresh = async () => {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    paper.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal });
      const answered = await answer.text();
      if (answer.ok && !answer.redirected) {
        paper.innerHTML = answered;
        status.textContent = "What you typed. It is not saved yet.";
      } else {
        const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
        status.textContent = `Not in the preview yet. ${plain ? answered : ""}`.trim();
      }
    } catch {
      if (signal.aborted) return;
      status.textContent = "The preview could not be made, no connection. What you typed is still here.";
    }
    paper.removeAttribute("aria-busy");
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 400);
  });
}
const errors = document.getElementById("errors");
if (errors) errors.focus();

// What is shown once can be copied with one press; the page says whether it was.
for (const button of document.querySelectorAll("[data-copy]")) {
  const status = document.querySelector("[data-copied]");
  button.addEventListener("click", async () => {
    const shown = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(shown.textContent.trim());
      status.textContent = button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(shown);
      status.textContent = "Selected. Copy it with Ctrl C.";
    }
  });
}
