// Keeps what is typed into a form (data-keep: its name and whose it is) on this device until the
// server has it, through a lost network, a closed tab or a power cut. What the server shows again
// after a refusal is the server's. Signing out on a page with such a form asks, then removes it.

import * as disk from "./disk.js";

const MONTH = 30 * 24 * 3600 * 1000;
const form = document.querySelector("form[data-keep]");
const said = document.querySelector("[data-kept-state]");
const had = document.querySelector("[data-kept]"); // what the server has by now
const NOT_KEPT = ["csrf_token", "password"];
let database;

async function within(act) {
  database ??= disk.opened("kept", { forms: {} });
  return disk.within(await database, ["forms"], act);
}

const get = (name) =>
  within((store, give) => {
    store.get(name).onsuccess = ({ target }) => give(target.result);
  });
const put = (name, record) => within((store) => store.put(record, name));
const remove = (name) => within((store) => store.delete(name));

// Remove what the server has, by name or by the id of the form, and what is long forgotten.
function tidy(tokens) {
  return within((store) => {
    store.openCursor().onsuccess = ({ target: { result: place } }) => {
      if (!place) return;
      const { fields, at } = place.value;
      const old = Date.now() - at > MONTH;
      if (old || tokens.includes(place.key) || tokens.includes(fields.once)) place.delete();
      place.continue();
    };
  });
}

function tell(state) {
  if (said) said.textContent = said.dataset[state] ?? "";
}

function typed() {
  const fields = Object.fromEntries(new FormData(form));
  for (const name of NOT_KEPT) delete fields[name];
  return fields;
}

function restore(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  tell("restored");
}

let waiting;
function keep() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    await put(form.dataset.keep, { fields: typed(), at: Date.now() }).then(
      () => tell("kept"),
      () => tell("failed"),
    );
  }, 300);
}

if (had) tidy(had.dataset.kept.split(" ")).catch(() => {});

if (form) {
  const found = await get(form.dataset.keep).catch(() => undefined);
  if (found && !document.querySelector(".errors")) restore(found.fields);
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    tell("offline");
  });
  const out = document.querySelector("form[data-sign-out]");
  out?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const left = await get(form.dataset.keep).catch(() => undefined);
    if (left && said && !confirm(said.dataset.leave)) return;
    await remove(form.dataset.keep).catch(() => {});
    out.submit();
  });
}
