// Keeps the page of an opened sheet, and its static files, for when the network is away.
// Only /practicals/<sheet>/ and /static/; the network is asked first. See routes/desk.py.

const CACHE = "practicals";
const PATIENCE = 6000;
const DESK = "{{ url_for('practicals.desk') }}";
const SHEET = /^\/practicals\/[0-9a-z]{26}\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && SHEET.test(url.pathname))
    event.respondWith(page(request, url.pathname));
  else if (request.mode === "navigate" && url.pathname === DESK) event.respondWith(desk(request));
});

// Without a network the list of learners leads to the sheet that was opened last.
async function desk(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(CACHE)).keys();
    const paths = kept.map((one) => new URL(one.url).pathname).filter((one) => SHEET.test(one));
    if (paths.length) return Response.redirect(paths.at(-1));
    throw error;
  }
}

// Static files carry their digest in the address: what is kept is right.
async function file(request) {
  const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(request, answer.clone());
  return answer;
}

async function page(request, path) {
  const kept = await caches.match(path, { cacheName: CACHE, ignoreVary: true });
  try {
    const answer = await Promise.race(kept ? [fetch(request), late()] : [fetch(request)]);
    if (answer.status >= 500 && kept) return kept;
    if (answer.ok && !answer.redirected) await keep(path, answer.clone());
    else if (answer.status < 500) await forget(path); // signed, signed out, or not theirs any more
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// A line that hangs is as good as none.
function late() {
  return new Promise((_, failed) => setTimeout(() => failed(new Error("late")), PATIENCE));
}

async function keep(key, answer) {
  try {
    await (await caches.open(CACHE)).put(key, answer);
  } catch {
    // no room: the page works, it only does not reload offline
  }
}

async function forget(path) {
  await (await caches.open(CACHE)).delete(path);
}
