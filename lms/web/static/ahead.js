// The marking desk without waiting: the pages of the next answers are fetched ahead, and shown once
// the server has the mark and has laid that answer before the marker. Looking ahead lays nothing.
// Signs of work keep the answer before its marker. Whatever fails falls back to plain pages.

import { begin } from "./marking.js";

const OLDEST = 10 * 60 * 1000; // a page fetched longer ago is fetched anew
const EVERY = 3 * 60 * 1000; // the least between two signs of work

const pages = new Map(); // address with query → {html, at}
let told = Date.now(); // when the server last knew that this marker is at work
let lost = false;

const desk = () => document.querySelector("[data-marking]");
const marks = () => document.querySelector("fieldset.rubric")?.form;
const here = (url) => url.pathname + url.search;

// The addresses of the next pages as the server will give them: each tells which came before it.
function* following() {
  let before = location.pathname.split("/").at(-2);
  for (const path of desk().dataset.ahead.split(" ").filter(Boolean)) {
    yield `${path}?before=${before}`;
    before = path.split("/").at(-2);
  }
}

async function fetchAhead() {
  if (!desk() || navigator.connection?.saveData) return;
  const wanted = [...following()];
  for (const known of pages.keys()) if (!wanted.includes(known)) pages.delete(known);
  for (const url of wanted) {
    const known = pages.get(url);
    if (known && Date.now() - known.at < OLDEST) continue;
    try {
      const response = await fetch(url, { priority: "low" });
      if (!response.ok || response.redirected) return;
      pages.set(url, { html: await response.text(), at: Date.now() });
    } catch {
      return; // no connection: the next page comes the ordinary way
    }
  }
}

// Put another page in the place of this one; what stands around `main` stays.
function put(html, url) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main?.querySelector("fieldset.rubric")) return false;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = page.title;
  if (url && url !== here(location)) history.pushState(null, "", url);
  scrollTo(0, 0);
  start();
  return true;
}

async function send(form) {
  const response = await fetch(location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  if (response.status === 422) return put(await response.text()) || form.submit();
  if (!response.ok) return form.submit();
  const { next, left } = await response.json();
  const url = here(new URL(next, location));
  const page = pages.get(url);
  pages.delete(url);
  told = Date.now();
  if (!page || Date.now() - page.at > OLDEST || !put(page.html, url)) return location.assign(url);
  document.querySelector("[data-left]").textContent = left;
  document.querySelector("main h1").focus({ preventScroll: true });
}

function start() {
  begin();
  lost = false;
  marks().addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target;
    send(form).catch(() => form.submit());
  });
  setTimeout(fetchAhead);
}

// Typing and choosing keep the answer here; where it is gone, the page says so at the first sign.
async function tell() {
  if (lost || !desk() || Date.now() - told < EVERY) return;
  told = Date.now();
  const place = desk();
  try {
    const body = new URLSearchParams({ csrf_token: marks().elements.csrf_token.value });
    const response = await fetch(place.dataset.keep, { method: "POST", body });
    if (response.status !== 409 && response.status !== 404) return;
    lost = true;
    place.querySelector("[data-lost]").hidden = false;
    place.scrollIntoView({ block: "nearest" });
  } catch {
    // no connection: the next sign of work tries again
  }
}

if (desk() && marks()) {
  for (const sign of ["keydown", "input", "pointerdown"]) document.addEventListener(sign, tell);
  document.addEventListener("visibilitychange", () => document.hidden || tell());
  addEventListener("popstate", () => location.reload());
  start();
}
