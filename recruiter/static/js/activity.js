// Whoever scrolls or types is at work, and stays signed in. Told at most once in five minutes; nothing is told by itself.
const EVERY = 5 * 60 * 1000;
const SIGNS = ["pointerdown", "keydown", "scroll"];
let last = 0;

const tell = () => {
  const shell = document.querySelector("[data-activity]");
  if (!shell || Date.now() - last < EVERY) return;
  last = Date.now();
  document.dispatchEvent(new CustomEvent("at-work"));
};

for (const sign of SIGNS) document.addEventListener(sign, tell, { passive: true, capture: true });
