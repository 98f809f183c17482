// Single letters: `data-key` is followed, `data-key-focus` is focused. Never while something is typed, and off where
// somebody turned them off: the choice is kept in this browser, beside the line that names the keys.
const KEPT = "recruiter-keys";
const off = () => {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
};
const shown = document.querySelector("[data-keys]");
const tell = () => {
  if (!shown) return;
  shown.hidden = false;
  shown.querySelector("[data-keys-on]").hidden = off();
  shown.querySelector("[data-keys-off]").hidden = !off();
};
if (shown) {
  shown.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    try {
      localStorage.setItem(KEPT, off() ? "on" : "off");
    } catch {
      return;
    }
    tell();
    shown.querySelector("span:not([hidden]) > button").focus();
  });
  tell();
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || off() || event.altKey || event.ctrlKey || event.metaKey || !/^[a-z]$/i.test(event.key)) return;
  const letter = event.key.toLowerCase();
  const found = document.querySelector(`[data-key="${letter}"], [data-key-focus="${letter}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.dataset.key) found.click();
  else found.focus();
});
