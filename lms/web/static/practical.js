// A practical observed on a phone: every tap is kept here at once with its time, and sent when the
// network is there. Without this file the same form works as a plain POST.

import { changed } from "./early.js";
import { Outbox } from "./outbox.js";
import { Taps } from "./taps.js";

const TYPING = 3000;
const CACHE = "practicals";

const controls = (item) => [...item.querySelectorAll("input, textarea")];

// Read what an item says: the chosen value, "yes" of a ticked box, the text. `written` reads what
// the server wrote into the page, `given` what stands there now.
const given = (item) => said(item, "checked", "value");
const written = (item) => said(item, "defaultChecked", "defaultValue");

function said(item, checked, value) {
  const [control] = controls(item);
  if (!["radio", "checkbox"].includes(control.type)) return control[value].trim();
  return controls(item).find((one) => one[checked])?.value ?? "";
}

function show(item, value) {
  for (const control of controls(item))
    if (["radio", "checkbox"].includes(control.type)) control.checked = control.value === value;
    else control.value = value;
}

async function start(form) {
  const taps = await Taps.open(form.dataset.sheet);
  const outbox = new Outbox(form, taps);
  const place = document.querySelector("[data-save]");
  const progress = document.querySelector("[data-progress]");
  const items = new Map(
    Array.from(form.querySelectorAll("[data-item]"), (item) => [item.dataset.item, item]),
  );
  const known = new Map();

  const early = [...items.values()].filter((item) => controls(item).some(changed));
  for (const [subject, item] of items) known.set(subject, written(item));
  // The page may have been kept before some of this was tapped; another device may know better.
  for (const [subject, tap] of taps.latest()) {
    const item = items.get(subject);
    if (!item || Date.parse(item.dataset.at) > Date.parse(tap.tapped)) continue;
    known.set(subject, tap.value);
    if (!early.includes(item)) show(item, tap.value);
  }
  count();

  function count() {
    const steps = [...form.querySelectorAll("[data-item^='step:']")];
    const done = steps.filter((step) => step.querySelector(":checked")).length;
    progress.textContent = progress.dataset.progress
      .replace("{done}", done)
      .replace("{of}", steps.length);
    const stopped = Boolean(known.get("stop"));
    form.querySelector("[data-stopped]").hidden = !stopped;
    form.querySelector("[data-stopping]").hidden = stopped;
  }

  function tell(state, reason = "") {
    const key = state === "signed-out" ? "signedOut" : state;
    const words = taps.size && !taps.safe ? place.dataset.unsafe : place.dataset[key];
    if (!words) return;
    place.dataset.state = key === "signedOut" ? "unsent" : state;
    const said = words.replace("{count}", taps.size).replace("{reason}", reason);
    if (place.textContent !== said) place.textContent = said;
  }

  outbox.addEventListener("state", ({ detail: { state, message } }) => {
    if (state === "saving" && taps.size > 1) tell("unsent");
    else if (state === "refused") tell(state, outbox.refused);
    else if (state !== "saving") tell(state, message);
  });

  async function note(item, value = given(item)) {
    const subject = item.dataset.item;
    if (known.get(subject) === value) return;
    known.set(subject, value);
    count();
    await taps.put(subject, value);
    tell("unsent");
    outbox.pump();
  }

  let typing;
  form.addEventListener("change", ({ target }) => {
    const item = target.closest("[data-item]");
    if (!item || (item.dataset.item === "stop" && given(item) && !known.get("stop"))) return;
    clearTimeout(typing);
    note(item);
    if (item.matches("[data-stops]") && given(item) === "not-done") form.elements.stop.focus();
  });
  form.addEventListener("input", ({ target }) => {
    const item = target.closest("[data-item]");
    clearTimeout(typing);
    if (item && target.matches("textarea, [type=text]") && item.dataset.item !== "stop")
      typing = setTimeout(() => note(item), TYPING);
  });
  form.querySelector("[data-stop]").addEventListener("click", ({ target }) => {
    const item = items.get("stop");
    if (!given(item)) form.elements.stop.focus();
    else if (confirm(target.dataset.sure)) note(item);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await taps.last;
    if (await outbox.flush(10000)) location.assign(`${location.pathname}review`);
    else if (!outbox.blocked) tell("unsent");
  });
  addEventListener("beforeunload", (event) => {
    if (taps.size && !taps.safe) event.preventDefault();
  });

  for (const item of early) if (item.dataset.item !== "stop") note(item); // that is asked about first
  if (taps.size) {
    tell("unsent");
    outbox.pump();
  }
  keepPage(form).catch(() => {}); // it works without, only not after a reload offline
}

// Let this page and its files come up again while the network is away. The worker does so from
// the next time on; the first time the page itself sees to it.
async function keepPage(form) {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  const kept = Boolean(navigator.serviceWorker.controller); // before the worker takes over
  const person = form.dataset.person;
  if (localStorage.getItem(CACHE) !== person) await caches.delete(CACHE);
  localStorage.setItem(CACHE, person);
  await navigator.serviceWorker.register(form.dataset.worker, { scope: "/practicals/" });
  const cache = await caches.open(CACHE);
  const named = document.querySelectorAll("link[href], script[src], img[src]");
  const files = Array.from(named, (one) => new URL(one.href || one.src).pathname);
  for (const path of new Set(files.filter((one) => one.startsWith("/static/"))))
    if (!(await cache.match(path, { ignoreVary: true }))) await cache.add(path);
  if (kept && (await cache.match(location.pathname, { ignoreVary: true }))) return;
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (answer.ok && !answer.redirected) await cache.put(location.pathname, answer);
}

const form = document.querySelector("form[data-sheet]");
if (form) start(form);
