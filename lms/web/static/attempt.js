// An attempt in the browser: saves each answer when it changes and always says how that stands.
// Without this file the same form works as a plain POST.

import { startCountdown } from "./countdown.js";
import { changed } from "./early.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";

const TYPING = 1500;
const ASKING = 30000;

const controls = (item) => [
  ...item.querySelectorAll("input[name], select[name], textarea[name]"),
];

// A file goes with the plain form and at once: no journal could keep it.
const takesFile = (item) => item.querySelector("input[type=file]") !== null;

// Read what is given in one item: {field: [values]}, "item:field" being the control's name.
function given(item) {
  const answer = {};
  for (const control of controls(item)) {
    const field = control.name.slice(control.name.indexOf(":") + 1);
    answer[field] ??= [];
    const chosen = !["radio", "checkbox"].includes(control.type) || control.checked;
    if (chosen && control.type !== "file") answer[field].push(control.value);
  }
  return answer;
}

// Put an unsent answer back into the page after a reload.
function restore(item, answer) {
  const values = structuredClone(answer);
  for (const control of controls(item)) {
    const field = control.name.slice(control.name.indexOf(":") + 1);
    if (!(field in values) || control.type === "file") continue;
    if (["radio", "checkbox"].includes(control.type))
      control.checked = values[field].includes(control.value);
    else control.value = values[field].shift() ?? "";
  }
  item.dispatchEvent(new Event("restored"));
}

function markAnswered(item) {
  // A unit alone, chosen or the only one there is, answers nothing.
  const asked = "input:not([type=hidden]), textarea, select:not(.unit)";
  const fields = [...item.querySelectorAll(asked)];
  const choice = (control) => ["radio", "checkbox"].includes(control.type);
  const answered = fields.some((one) => (choice(one) ? one.checked : one.value.trim()));
  for (const link of document.querySelectorAll(`.jump a[href="#${CSS.escape(item.id)}"]`)) {
    link.classList.toggle("done", answered);
    link.querySelector("[data-answered]")?.toggleAttribute("hidden", !answered);
  }
  const count = document.querySelector("[data-count]");
  const done = count?.parentElement.querySelectorAll(".done").length;
  if (count) count.textContent = count.dataset.count.replace("{done}", done);
}

class SaveState {
  constructor(place) {
    this.place = place;
    this.time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  }

  show(state, { message = "" } = {}) {
    clearTimeout(this.timer);
    // Most savings are too quick to be worth a word, least of all to a screen reader.
    if (state === "saving") this.timer = setTimeout(() => this.#say(state, ""), 600);
    else this.#say(state, message);
  }

  #say(state, reason) {
    const words = this.place.dataset[state.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())];
    if (!words) return;
    this.place.dataset.state = state === "signed-out" ? "unsent" : state;
    this.place.textContent = words
      .replace("{time}", this.time.format(new Date()))
      .replace("{reason}", reason);
  }
}

async function start(form) {
  const journal = await Journal.open(form.dataset.attempt);
  const outbox = new Outbox(form, journal);
  const state = new SaveState(document.querySelector("[data-save]"));
  const conflict = document.querySelector("[data-conflict]");
  const items = new Map(
    Array.from(form.querySelectorAll("[data-item]"), (item) => [item.dataset.item, item]),
  );

  const early = [...items].filter(([, item]) => !takesFile(item) && controls(item).some(changed));
  const answers = early.map(([name, item]) => ({ item: name, given: given(item) }));
  for (const entry of [...journal.left, ...journal.entries, ...answers])
    if (items.has(entry.item)) restore(items.get(entry.item), entry.given);
  for (const entry of answers) journal.put(entry.item, entry.given, outbox.seen);
  // Of a file the server alone knows, and has said so in the page.
  for (const item of items.values()) if (!takesFile(item)) markAnswered(item);

  outbox.addEventListener("state", ({ detail }) => {
    if (detail.state === "clock") return correct?.(detail.now);
    if (detail.state === "conflict") return askToTakeOver(detail);
    const message = detail.state === "refused" ? outbox.refused : detail.message;
    state.show(detail.state, { message });
  });

  const overview = document.querySelector(".overview");
  overview?.addEventListener("click", ({ target }) => {
    if (target.closest("a")) overview.open = false; // it would stand over the question
  });

  let typing;
  function note(event) {
    const item = event.target.closest("[data-item]");
    if (!item) return;
    if (takesFile(item)) {
      if (event.type === "change" && event.target.type === "file") sendFiles();
      return;
    }
    journal.put(item.dataset.item, given(item), outbox.seen);
    markAnswered(item);
    clearTimeout(typing);
    if (event.type === "change") outbox.pump();
    else typing = setTimeout(() => outbox.pump(), TYPING);
  }
  function sendFiles() {
    form.requestSubmit(form.querySelector("button[name=save]:not([hidden])"));
  }
  form.addEventListener("change", note);
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) note(event);
  });

  let sending = false;
  form.addEventListener("submit", async (event) => {
    if (sending === "now") return void (sending = "gone");
    event.preventDefault();
    if (sending) return; // a double click
    sending = "flushing";
    const all = await outbox.flush(10000);
    if (!all) {
      sending = false;
      if (!outbox.blocked) state.show("unsent");
      return;
    }
    const who = { client: journal.client, sequence: ++journal.sequence, seen: outbox.seen };
    for (const [name, value] of Object.entries(who))
      if (form.elements[name]) form.elements[name].value = value;
    journal.keep();
    sending = "now";
    // In a task of its own: a form ignores requestSubmit while its submit event is being fired.
    setTimeout(() => form.requestSubmit(event.submitter));
    setTimeout(() => (sending = false), 15000); // the answer never came: let it be sent again
  });

  document.querySelector("form[data-sign-out]")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!journal.size || (await outbox.flush(5000))) await journal.forget();
    else if (!confirm(state.place.dataset.leave)) return;
    event.target.submit();
  });

  function askToTakeOver({ message }) {
    if (message) conflict.querySelector("[data-why]").textContent = message;
    conflict.hidden = false;
    state.show("unsent");
    conflict.querySelector("[data-takeover]").focus();
  }
  conflict?.querySelector("[data-takeover]").addEventListener("click", async () => {
    const body = { client: journal.client, seen: outbox.seen };
    const { status, body: answer } = await outbox.post(form.dataset.takeoverUrl, body);
    if (status !== 200) return state.show("unsent");
    conflict.hidden = true;
    outbox.blocked = false;
    outbox.seen = answer.saved ?? answer.seen ?? outbox.seen;
    journal.adopt(outbox.seen);
    // What the other tab answered is on the server: show it once ours is there too.
    if (await outbox.flush(10000)) location.reload();
  });

  async function over() {
    if (await outbox.flush(10000)) location.reload();
    else state.show("over");
  }
  const place = document.querySelector("[data-deadline]");
  const correct = place ? startCountdown(place, over) : undefined;

  // Somebody may give more minutes while this page is open.
  async function askForTime() {
    if (document.hidden || !place) return;
    try {
      const answer = await fetch(form.dataset.timeUrl, { redirect: "manual" });
      const { until } = await answer.json();
      if (Date.parse(until) <= Date.parse(place.dataset.deadline)) return;
      place.dataset.deadline = until;
      place.querySelector("[data-announce]").textContent = place.dataset.more;
    } catch {
      // No network, or signed out: what is known holds until the server is heard again.
    }
  }
  setInterval(askForTime, ASKING);
  document.addEventListener("visibilitychange", askForTime);

  addEventListener("beforeunload", (event) => {
    if (journal.size && !journal.safe) event.preventDefault();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  if (journal.size) outbox.pump();
  // One chosen before this page's scripts had come.
  const files = [...form.querySelectorAll("input[type=file]")];
  if (files.some((one) => one.files.length)) sendFiles();
}

const form = document.querySelector("form[data-attempt]");
if (form) start(form);
