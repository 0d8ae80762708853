// What the browser adds to pages that already work without it.
import { initAll } from "./govuk-frontend.js";

// Pages are about children: nothing of them stays in the browser. htmx, which runs after this,
// would keep addresses in the session's storage; refused that, it keeps them in memory.
Storage.prototype.setItem = () => {
  throw new DOMException("Nothing is stored in this browser", "SecurityError");
};

const problem = document.getElementById("problem");

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// htmx 2 says htmx:afterSwap, htmx 4 htmx:after:swap
function on(names, listener) {
  for (const name of names) document.addEventListener(name, listener);
}

function start(scope) {
  initAll({ scope });
  const summary = scope.querySelector(".govuk-error-summary");
  const title = document.title.replace(/^Error: /, "");
  document.title = summary ? `Error: ${title}` : title;
  if (summary) summary.focus();
}

function fail(words) {
  problem.replaceChildren();
  const line = document.createElement("p");
  line.textContent = words;
  problem.append(line);
  problem.hidden = false;
  problem.focus();
}

// An error answer is our own page or notice; its main text says what happened better than we can.
function wordsOf(request) {
  const type = request?.getResponseHeader("content-type") ?? "";
  if (!type.startsWith("text/html")) return "";
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const told = page.querySelector("#problem-sentence") ?? page.querySelector("main h1");
  return told ? told.textContent.trim() : "";
}

on(["htmx:afterSettle", "htmx:after:settle"], (event) => {
  const scope = event.detail?.elt ?? event.target;
  if (scope.isConnected) start(scope.parentElement ?? scope);
});
on(["htmx:beforeRequest", "htmx:before:request"], () => {
  problem.hidden = true;
});
on(["htmx:responseError", "htmx:response:error"], (event) => {
  fail(wordsOf(event.detail?.xhr) || "That did not work, and nothing was changed. Try again.");
});
on(["htmx:sendError", "htmx:timeout", "htmx:error"], () => {
  fail("Clearway could not be reached, and nothing was changed. Check the connection and try again.");
});

// A form that is on its way is not sent again until its answer has come.
const RELEASE_AFTER = 8000;

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(release, RELEASE_AFTER, form);
}, true);
on(["htmx:afterRequest", "htmx:after:request"], (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

// A filter is applied as soon as a choice is made; its button serves when scripts do not run.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-applies]");
  if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
});

// Shortcuts are declared on the controls they press: data-shortcut="f". Lists have four of their own.
const switchedOff = () => document.cookie.split("; ").includes("shortcuts=off");
const controls = () => [...document.querySelectorAll("[data-shortcut]")];
const rowLink = (row) => row.querySelector("th a[href]") ?? row.querySelector("td a[href]");
const rows = () => [...document.querySelectorAll("main .table tbody tr")].filter(rowLink);
const rowInUse = () => document.activeElement?.closest?.("main .table tbody tr");
const tickOf = (row) => row?.querySelector("input[type=checkbox]");
const LIST_KEYS = [
  ["j", "Next row of a list", () => step(1)],
  ["k", "Previous row of a list", () => step(-1)],
  ["x", "Tick the row", () => tickOf(rowInUse())?.click()],
  ["Enter", "Open the row", () => rowLink(rowInUse())?.click()],
];

function step(by) {
  const all = rows();
  const here = all.indexOf(rowInUse());
  const next = here < 0 ? all[by > 0 ? 0 : all.length - 1] : all[here + by];
  if (next) rowLink(next).focus();
}

function keyLine(key, words, anywhere) {
  const term = document.createElement("dt");
  const name = document.createElement("dd");
  const keys = [key, anywhere].filter(Boolean);
  term.append(...keys.map((one) => Object.assign(document.createElement("kbd"), { textContent: one })));
  name.textContent = words;
  return [term, name];
}

function showShortcuts() {
  const list = document.querySelector("[data-shortcuts-list]");
  const listKeys = rows().length ? LIST_KEYS : [];
  list?.replaceChildren(
    ...controls().flatMap(({ dataset: own }) => keyLine(own.shortcut, own.shortcutName, own.anywhere)),
    ...listKeys.flatMap(([key, words]) => keyLine(key, words)),
  );
  const off = switchedOff();
  document.querySelectorAll("[data-shortcuts-state]").forEach((state) => {
    state.textContent = off
      ? "Shortcuts are switched off in this browser."
      : `Press a key while not typing in a field${anywhere().length ? "; F8 works there too" : ""}.`;
  });
  document.querySelectorAll("[data-shortcuts-switch]").forEach((button) => {
    button.textContent = off ? "Switch shortcuts on" : "Switch shortcuts off";
    button.hidden = false;
  });
}

// A button may ask for words first: its key leads to their field, and Ctrl and Enter there send it.
let sending = null;

function press(control) {
  const field = control.dataset.first && document.getElementById(control.dataset.first);
  if (!field || field.value.trim()) return control.click();
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  sending = control;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || event.target.id !== sending?.dataset.first) return;
  event.preventDefault();
  sending.click();
});

// In a tick box only Enter is its own: it would send the form around it instead of opening the row.
function pressed(key, target) {
  const ticking = target.matches?.("input[type=checkbox]");
  if (!ticking && target.closest?.("input, textarea, select, [contenteditable], dialog")) return null;
  if (key === "Enter") return ticking && rowInUse() ? LIST_KEYS[3][2] : null;
  const control = controls().find((one) => one.dataset.shortcut === key);
  if (control) return () => (control.matches("input, select, textarea") ? control.focus() : press(control));
  return rows().length ? LIST_KEYS.find(([one]) => one === key)?.[2] : null;
}

// A flag may be raised while one types: what was typed stays behind, and the flag gets its own tab.
const anywhere = () => [...document.querySelectorAll("a[data-anywhere]")];
document.addEventListener("input", (event) => {
  if (event.target.form?.method !== "post") return;
  anywhere().forEach((link) => Object.assign(link, { target: "_blank", rel: "noopener" }));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || switchedOff()) return;
  const link = anywhere().find((one) => one.dataset.anywhere === event.key);
  const act = link ? () => link.click() : pressed(event.key, event.target);
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    event.preventDefault();
    showShortcuts();
    document.getElementById(opener.dataset.opens).showModal();
  }
  if (event.target.closest?.("[data-shortcuts-switch]")) {
    const value = switchedOff() ? "on" : "off";
    document.cookie = `shortcuts=${value}; path=/; max-age=31536000; SameSite=Lax`;
    showShortcuts();
  }
});
showShortcuts();

// A handover is dragged onto a week: what its link's form would send is sent, with the page's key.
const mover = document.querySelector("[data-mover]");
let moving = null;

function over(week) {
  document.querySelectorAll(".drop").forEach((one) => one.classList.remove("drop"));
  week?.classList.add("drop");
}

function send(action, answers) {
  const form = Object.assign(document.createElement("form"), { method: "post", action, hidden: true });
  for (const [name, value] of Object.entries(answers)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.requestSubmit();
}

if (mover) {
  mover.hidden = false;
  for (const row of document.querySelectorAll("[data-moves]")) row.draggable = true;
  document.addEventListener("dragstart", (event) => {
    moving = event.target.closest?.("[data-moves]");
  });
  document.addEventListener("dragover", (event) => {
    const week = moving && event.target.closest?.("[data-week]");
    over(week);
    if (week) event.preventDefault();
  });
  document.addEventListener("dragend", () => {
    moving = null;
    over(null);
  });
  document.addEventListener("drop", (event) => {
    const week = moving && event.target.closest?.("[data-week]");
    if (!week) return;
    event.preventDefault();
    send(moving.dataset.moves, { _key: mover.dataset.mover, week: week.dataset.week });
  });
}

// Ticked cases are counted aloud, and one box ticks a whole page of them.
const ticks = () => [...document.querySelectorAll("input.tick[name=case]")];

function tellTicked() {
  const told = document.querySelector("[data-chosen]");
  if (!told) return;
  const number = ticks().filter((one) => one.checked).length;
  told.textContent = number ? `${number} ${number === 1 ? "case" : "cases"} ticked` : "";
}

function offerAll(scope) {
  scope.querySelectorAll("[data-ticks-all]").forEach((box) => {
    box.hidden = false;
  });
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-ticks-all]")) {
    for (const one of ticks()) one.checked = event.target.checked;
  }
  if (event.target.matches?.(".tick")) tellTicked();
});
on(["htmx:afterSettle", "htmx:after:settle"], () => offerAll(document));
window.addEventListener("pageshow", () => {
  offerAll(document);
  tellTicked();
});
