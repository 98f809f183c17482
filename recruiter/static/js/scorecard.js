// A scorecard saves itself while somebody writes: two seconds after typing stops, on leaving a field, and again and
// again until it went through. Whatever cannot be saved stays in the form, and that is said.
const PAUSE = 2000;
const RETRY = 15000;
const form = document.querySelector("form[data-card]");
const status = document.querySelector("[data-card-status]");
const rated = document.querySelector("[data-card-rated]");
const progress = document.querySelector("[data-card-progress]");

let changes = 0; // what was typed
let saved = 0; // what of it the server has
let busy = false;
let stopped = false; // after a conflict a person decides, not a script
let sending = false;
let timer = 0;

const say = (text, link) => {
  if (status.textContent === text + (link ? ` ${link.text}` : "")) return;
  status.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.textContent = link.text;
    status.append(" ", anchor);
  }
};

const count = () => {
  const parts = [...document.querySelectorAll("[data-part]")];
  const done = parts.filter((part) => part.querySelector("input[type=radio]:checked")).length;
  rated.textContent = `${done} of ${parts.length} rated`;
  progress.value = done;
};

const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

// After signing in again in another window this page needs a new token; the draft may have moved on meanwhile.
const renew = async () => {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) return answer;
  form.elements.csrf_token.value = (await answer.json()).token;
  return post();
};

const post = () =>
  fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "manual",
  });

const settle = async (answer, upTo) => {
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    say("Not saved: you were signed out. Keep this page open.", {
      href: `/sign-in?next=${encodeURIComponent(new URL(form.action).pathname)}`,
      text: "Sign in again",
    });
    later(RETRY);
  } else if (answer.ok) {
    const reply = await answer.json();
    form.elements.version.value = reply.version;
    saved = upTo;
    say(reply.said);
    if (changes > saved) later(PAUSE);
  } else if (answer.status === 409) {
    const reply = await answer.json();
    stopped = true;
    say(reply.said);
    const both = document.createElement("button");
    both.className = "linkbtn";
    both.setAttribute("form", form.id);
    both.textContent = "See both versions";
    status.append(" ", both);
  } else if (answer.status === 422) {
    say((await answer.json()).said);
  } else {
    say("Not saved: will retry. Keep this page open.");
    later(RETRY);
  }
};

async function save() {
  clearTimeout(timer);
  if (busy || stopped || sending || changes === saved) return;
  busy = true;
  const upTo = changes;
  try {
    let answer = await post();
    if (answer.status === 400) answer = await renew();
    await settle(answer, upTo);
  } catch {
    say("Not saved, no connection. Keep this page open.");
    later(RETRY);
  }
  busy = false;
}

if (form && status) {
  if ("unsaved" in form.dataset) {
    changes += 1;
    later(PAUSE);
  }
  form.addEventListener("input", () => {
    changes += 1;
    count();
    later(PAUSE);
  });
  form.addEventListener("focusout", () => {
    if (changes > saved) later(200);
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
  });
  form.addEventListener("unsent", (event) => {
    event.preventDefault(); // it is said in the bar
    sending = false;
    say(event.detail);
    later(RETRY);
  });
  window.addEventListener("pageshow", () => {
    sending = false;
    count();
  });
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changes > saved) later(0);
  });
  window.addEventListener("beforeunload", (event) => {
    if (changes > saved && !sending) event.preventDefault();
  });
}
