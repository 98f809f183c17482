// Two minutes before the server signs somebody out they are told, and stay with one click or key (WCAG 2.2.1).
// Other tabs may have kept the session: the server is asked before anything is said.
const WARNING = 2 * 60;
const AGAIN = 5; // seconds until a server that was not reached is asked again
const WHY = {
  idle: "Nothing was clicked or typed here for a while, so you’ll be signed out.",
  longest: "It’s almost twelve hours since you signed in, so you’ll be signed out. Save what you’re working on.",
  over: "What you typed is still on this page. When you save it, you sign in first and then send it.",
};
const dialog = document.getElementById("session-end");
const shell = () => document.querySelector("[data-activity]");
let end = Infinity;
let extendable = true;
let timer = 0;
let goesOn = false; // somebody has read that the session ends, and works on

const left = () => Math.max(0, Math.round((end - Date.now()) / 1000));
const words = (seconds) => {
  const part = (number, unit) => (number ? `${number} ${unit}${number === 1 ? "" : "s"}` : "");
  return [part(Math.floor(seconds / 60), "minute"), part(seconds % 60, "second")].filter(Boolean).join(" ");
};

const say = (heading, why, rest, button) => {
  dialog.querySelector("h2").textContent = heading;
  document.getElementById("session-end-why").textContent = why;
  dialog.querySelector("[data-left]").textContent = rest;
  dialog.querySelector("button").textContent = button;
  if (!dialog.open) dialog.showModal();
};

const plan = (seconds) => {
  clearTimeout(timer);
  timer = setTimeout(look, seconds * 1000);
};

const over = () => {
  clearTimeout(timer);
  end = Infinity;
  dialog.querySelector("a").hidden = false;
  say("You’re signed out", WHY.over, "", "Back to the page");
};

const learn = (told) => {
  end = Date.now() + told.seconds * 1000;
  extendable = told.extendable;
  if (dialog.open && told.seconds > WARNING) dialog.close();
};

const ask = async (method) => {
  try {
    const headers = { Accept: "application/json", "X-CSRFToken": shell().dataset.csrf };
    const answer = await fetch(shell().dataset.activity, { method, headers, redirect: "manual" });
    if (answer.ok) learn(await answer.json());
    else if (answer.type === "opaqueredirect") over();
  } catch {
    // Without a connection nothing new is known.
  }
};

const warn = () => {
  const rest = `${words(left())} left`;
  if (extendable) say("Are you still there?", WHY.idle, rest, "Stay signed in");
  else say("You’ll be signed out soon", WHY.longest, rest, "Go on");
};

const look = async () => {
  if (!shell()) return;
  if (!dialog.open || left() === 0) await ask("GET");
  if (end === Infinity) return;
  const rest = left();
  if (rest > WARNING) plan(rest - WARNING);
  else if (rest === 0) plan(AGAIN);
  else {
    if (!goesOn) warn();
    plan(goesOn ? rest : 1);
  }
};

const stay = async () => {
  if (end === Infinity || !shell()) return;
  goesOn = !extendable;
  await ask("POST");
  if (end !== Infinity) plan(Math.max(0, left() - WARNING));
};

if (dialog && shell()) {
  const { secondsLeft, extendable: longer } = shell().dataset;
  learn({ seconds: Number(secondsLeft), extendable: longer === "yes" });
  plan(Math.max(0, left() - WARNING));
  dialog.addEventListener("cancel", stay);
  dialog.querySelector("form").addEventListener("submit", stay);
  document.addEventListener("at-work", () => extendable && stay());
  document.addEventListener("visibilitychange", () => !document.hidden && end !== Infinity && left() <= WARNING && look());
}
