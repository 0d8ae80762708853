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

// Shortcuts are declared on the controls they press: data-shortcut="f".
const switchedOff = () => document.cookie.split("; ").includes("shortcuts=off");
const controls = () => [...document.querySelectorAll("[data-shortcut]")];

function showShortcuts() {
  const list = document.querySelector("[data-shortcuts-list]");
  list.replaceChildren(...controls().flatMap((control) => {
    const key = document.createElement("dt");
    const name = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: control.dataset.shortcut }));
    name.textContent = control.dataset.shortcutName;
    return [key, name];
  }));
  const off = switchedOff();
  document.querySelector("[data-shortcuts-state]").textContent = off
    ? "Shortcuts are switched off in this browser."
    : "Press a key while not typing in a field.";
  document.querySelector("[data-shortcuts-switch]").textContent = off
    ? "Switch shortcuts on"
    : "Switch shortcuts off";
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || switchedOff()) return;
  const control = controls().find((one) => one.dataset.shortcut === event.key);
  if (!control) return;
  event.preventDefault();
  if (control.matches("input, select, textarea")) control.focus();
  else control.click();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    showShortcuts();
    document.getElementById(opener.dataset.opens).showModal();
  }
  if (event.target.closest?.("[data-shortcuts-switch]")) {
    const value = switchedOff() ? "on" : "off";
    document.cookie = `shortcuts=${value}; path=/; max-age=31536000; SameSite=Lax`;
    showShortcuts();
  }
});
document.querySelectorAll("[data-opens]").forEach((opener) => {
  opener.hidden = false;
});
