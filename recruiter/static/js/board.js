// Moving by drag presses the button of the card's own Move menu, so that a drag can do no more and no less than the menu.
// A card that is ticked takes the others that are ticked with it.
const columns = () => [...document.querySelectorAll("[data-column]")];
let dragged = null;

const say = (sentence) => {
  const live = document.getElementById("live");
  if (live) live.textContent = sentence;
};
const button = (card, column) => card.querySelector(`button[name=to_stage][value="${column.dataset.column}"]`);
const ticked = () => [...document.querySelectorAll(".pick:checked")];
const together = (card) => card.querySelector(".pick:checked") && ticked().length > 1;
const takes = (card, column) =>
  card && column && column.dataset.column !== card.dataset.stage && (together(card) ? inBar(column) : button(card, column));
const inBar = (column) =>
  [...(document.getElementById("bulk-to")?.options || [])].find((item) => item.text === column.dataset.name);

// A stage that cannot be reached by a move says on its column what it needs.
const needs = (card, column) =>
  card && column && column.dataset.column !== card.dataset.stage && !takes(card, column) && column.dataset.needs;

const prepare = () => {
  for (const card of document.querySelectorAll("[data-card]")) {
    card.draggable = Boolean(card.querySelector(".move"));
  }
  const box = document.querySelector("thead .box");
  if (box && !box.querySelector("input") && document.querySelector("tbody .pick")) {
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "pick-all";
    all.setAttribute("aria-label", "Select everybody on this page");
    all.addEventListener("change", () => {
      for (const item of document.querySelectorAll("tbody .pick")) item.checked = all.checked;
      count();
    });
    box.replaceChildren(all);
  }
};

const count = () => {
  const number = ticked().length;
  say(number ? `${number} selected. The bar at the end of the page acts on them.` : "Nobody selected.");
};

const drop = (card, column) => {
  if (together(card)) {
    const form = document.getElementById("bulk");
    document.getElementById("bulk-to").value = column.dataset.name;
    form.requestSubmit(form.querySelector("button[value=move]"));
  } else {
    card.querySelector(".move form").requestSubmit(button(card, column));
  }
};

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || !card.draggable) return;
  dragged = card;
  card.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.name);
});
document.addEventListener("dragover", (event) => {
  const column = event.target.closest?.("[data-column]");
  for (const item of columns()) item.classList.toggle("is-target", item === column && Boolean(takes(dragged, column)));
  if (takes(dragged, column) || needs(dragged, column)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = event.target.closest?.("[data-column]");
  const wanting = needs(dragged, column);
  if (wanting) {
    event.preventDefault();
    const sentence = `${together(dragged) ? "Nobody" : dragged.dataset.name} was ${together(dragged) ? "" : "not "}moved. ${wanting}`;
    document.dispatchEvent(new CustomEvent("refused", { detail: sentence }));
  }
  if (!takes(dragged, column)) return;
  event.preventDefault();
  say(`Moving ${dragged.dataset.name} to ${column.dataset.name}.`);
  drop(dragged, column);
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  for (const item of columns()) item.classList.remove("is-target");
});
document.addEventListener("change", (event) => {
  if (event.target.matches(".pick")) count();
});
document.addEventListener("reset", (event) => {
  if (event.target.id === "bulk") setTimeout(count);
});
document.addEventListener("swapped", prepare);
prepare();
