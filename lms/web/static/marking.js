// The marking desk by keys: digits choose levels, Enter saves and goes on. Without this file the
// same form works by mouse and Tab.

const KEPT = "marking-keys"; // "off" on a device where somebody switched the keys off

let criteria = [];
let form;
let help;
let on;
let current = 0;

function show(index, { scroll = true } = {}) {
  current = Math.min(Math.max(index, 0), criteria.length - 1);
  for (const one of criteria) one.classList.toggle("current", one === criteria[current]);
  if (scroll) criteria[current].scrollIntoView({ block: "nearest" });
}

function choose(points) {
  const level = criteria[current].querySelector(`input[value="${points}"]`);
  if (!level) return;
  level.checked = true;
  // Said by a screen reader, and Tab goes on from here; focusing makes its criterion the current.
  level.focus({ preventScroll: true });
  const open = criteria.findIndex((one, i) => i > current && !one.querySelector(":checked"));
  show(open >= 0 ? open : Math.min(current + 1, criteria.length - 1));
}

const writes = (target) => target.matches("textarea, input:not([type=radio]):not([type=checkbox])");

const acts = {
  ArrowDown: () => show(current + 1),
  ArrowUp: () => show(current - 1),
  Enter: () => form.requestSubmit(),
  c: () => form.querySelector("textarea").focus(),
  m: () => document.querySelector('details[data-key="m"]')?.toggleAttribute("open"),
  s: () => document.querySelector('[data-key="s"]')?.click(),
  e: () => document.querySelector('[data-key="e"]')?.click(),
  u: () => document.querySelector('[data-key="u"]')?.click(),
  "?": () => help.toggleAttribute("open"),
};

// Comments that were given to this question before, offered as one types the beginning of one.
// A page that was fetched ahead does not know those that were given since.
const since = [];
let given = [];
const offer = document.createElement("p");
offer.className = "hint offer";
offer.setAttribute("aria-live", "polite");

function offered(field) {
  const typed = field.value.trimStart().toLowerCase();
  return typed && given.find((text) => {
    const known = text.toLowerCase();
    return known.startsWith(typed) && known !== typed;
  });
}

function take(field, text) {
  field.value = text;
  offer.textContent = "";
  field.focus();
}

function press(event) {
  const { target, key } = event;
  if (!form?.isConnected) return;
  if (writes(target)) {
    const found = target.matches("textarea") && offered(target);
    if (key === "Tab" && found && !event.shiftKey) {
      event.preventDefault();
      take(target, found);
    } else if (key === "Escape") target.blur();
    else if (key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    return;
  }
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  // Enter on a link or a button is theirs.
  const theirs = key === "Enter" && target.closest("a, button, summary");
  if (!on.checked || modified || event.repeat || theirs) return;
  const act = /^[0-9]$/.test(key) ? () => choose(key) : acts[key.length === 1 ? key.toLowerCase() : key];
  if (!act) return;
  event.preventDefault();
  act();
}

function comments() {
  const comment = form.querySelector("textarea");
  const question = document.querySelector("[data-marking]")?.dataset.question;
  const buttons = [...document.querySelectorAll("[data-comment]")];
  const newer = since.filter((one) => one.question === question).map((one) => one.text);
  given = [...newer, ...buttons.map((one) => one.textContent)];
  offer.textContent = "";
  if (given.length) comment.after(offer);
  comment.addEventListener("input", () => {
    const found = offered(comment);
    offer.textContent = found ? `Tab: ${found}` : "";
  });
  for (const one of buttons) one.addEventListener("click", () => take(comment, one.textContent));
  form.addEventListener("submit", () => {
    const text = comment.value.trim();
    if (text && question && !given.includes(text)) since.unshift({ question, text });
  });
}

// Make the form that is on the page now, if any, work by keys.
export function begin() {
  criteria = [...document.querySelectorAll("fieldset.rubric")];
  form = criteria[0]?.form;
  if (!form) return;
  help = document.querySelector("[data-keys]");
  on = document.querySelector("[data-keys-on]");
  help.hidden = false;
  on.checked = localStorage.getItem(KEPT) !== "off";
  on.addEventListener("change", () => localStorage.setItem(KEPT, on.checked ? "on" : "off"));
  for (const [index, one] of criteria.entries()) one.addEventListener("focusin", () => show(index));
  comments();
  let sent = false; // a second Enter while the next page is on its way sends nothing
  form.addEventListener("submit", (event) => (sent ? event.preventDefault() : (sent = true)));
  const first = criteria.findIndex((one) => !one.querySelector(":checked"));
  show(first >= 0 ? first : 0, { scroll: false }); // the page opens at what is to be read
}

document.addEventListener("keydown", press);
begin();
