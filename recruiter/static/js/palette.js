// Find or do, in a dialog over any page. It asks the page of the search, so that it finds what that page finds.
const dialog = document.getElementById("palette");

if (dialog) {
  const field = dialog.querySelector("input");
  const list = document.getElementById("palette-list");
  const live = document.getElementById("live");
  let timer = 0;
  let requests = 0;
  let opener = null;
  let fresh = null;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const current = () => list.querySelector("[aria-selected=true]");

  const choose = (item) => {
    current()?.setAttribute("aria-selected", "false");
    if (item) {
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", item.id);
    } else field.removeAttribute("aria-activedescendant");
  };

  // The words of a row: the initials of a picture are none, and what stands apart on the page is told apart.
  const label = (row) => {
    const copy = row.cloneNode(true);
    for (const item of copy.querySelectorAll("[aria-hidden=true]")) item.remove();
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const parts = [];
    while (walker.nextNode()) parts.push(walker.currentNode.data.trim().replace(/\s+/g, " "));
    return parts.filter(Boolean).join(" · ");
  };

  const fill = (page) => {
    list.replaceChildren();
    let number = 0;
    for (const heading of page.querySelectorAll("#main h2")) {
      const links = heading.parentElement.querySelectorAll("ul a");
      const own = heading.nextElementSibling?.matches("ul") ? heading.nextElementSibling.querySelectorAll("a") : links;
      if (!own.length) continue;
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", heading.textContent.trim());
      const title = document.createElement("p");
      title.className = "palette-group";
      title.setAttribute("aria-hidden", "true");
      title.textContent = heading.textContent.trim();
      group.append(title);
      for (const link of own) {
        const option = document.createElement("a");
        option.href = link.getAttribute("href");
        option.id = `palette-${number}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = label(link.closest("li") || link);
        group.append(option);
        number += 1;
      }
      list.append(group);
    }
    field.setAttribute("aria-expanded", String(number > 0));
    choose(options()[0]);
    if (field.value.trim() && live) live.textContent = number ? `${number} found.` : "Nothing found.";
    list.classList.toggle("is-empty", !number);
    list.dataset.empty = field.value.trim() ? "Nothing found. Try part of a name or a key." : "";
  };

  const ask = async () => {
    const mine = ++requests;
    const typed = field.value;
    try {
      const query = new URLSearchParams({ q: field.value.trim(), here: location.pathname });
      const answer = await fetch(`${dialog.dataset.search}?${query}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== requests) return false;
      fresh = typed;
      fill(page);
      return true;
    } catch {
      list.dataset.empty = "No connection. Try again.";
      return false;
    }
  };

  const open = () => {
    if (dialog.open) return;
    opener = document.activeElement;
    field.value = "";
    fresh = null;
    dialog.showModal();
    field.focus();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(current());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      if (all.length) choose(all[(at + by + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const go = () => current() && location.assign(current().href);
      clearTimeout(timer);
      if (fresh === field.value) go();
      else ask().then((fresh) => fresh && go()); // what was typed last decides, however fast it was typed
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => opener?.focus?.());
}
