// Sends the journal's entries in order, one at a time, until the server has acknowledged each.

const LONGEST = 30000;
const PATIENCE = 20000;
// Conflicts that the person can settle by going on here; any other (too late) is final.
const ELSEWHERE = new Set(["conflict", "elsewhere"]);

export class Outbox extends EventTarget {
  // `form` carries data-save-url and the CSRF token; states are told as "state" events.
  constructor(form, journal) {
    super();
    Object.assign(this, { form, journal, tries: 0, blocked: false, seen: +form.dataset.seen || 0 });
    addEventListener("online", () => this.wake());
    addEventListener("focus", () => this.wake());
    document.addEventListener("visibilitychange", () => this.wake());
  }

  // Try again now, also after having been signed out; a conflict needs the person's decision.
  wake() {
    if (this.blocked === "signed-out") this.blocked = this.refreshed = false;
    this.tries = 0;
    return this.pump();
  }

  // Send all there is; resolves when nothing is left or nothing can be sent at present.
  pump() {
    this.pumping ??= this.#pump().finally(() => (this.pumping = undefined));
    return this.pumping;
  }

  // Try for at most `limit` milliseconds; resolve to whether everything was acknowledged.
  async flush(limit) {
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    const end = pause(limit);
    for (let round = 0; round < 3 && this.journal.size && !this.blocked; round += 1) {
      if (round) await Promise.race([end, pause(700)]);
      await Promise.race([end, this.wake()]);
    }
    return !this.journal.size;
  }

  async #pump() {
    clearTimeout(this.timer);
    while (!this.blocked && this.journal.size) {
      const entry = this.journal.next();
      this.journal.markSent(entry);
      this.#tell("saving");
      const { sent: _, ...body } = entry;
      const answer = await this.post(this.form.dataset.saveUrl, body);
      if (!(await this.#digest(entry, answer))) return;
    }
    if (!this.blocked && !this.journal.size) this.#tell(this.refused ? "refused" : "saved");
  }

  // Post JSON. Returns {status, body, wait}; status 0 when nobody answered as our server does.
  async post(url, body) {
    const text = JSON.stringify(body);
    try {
      const response = await fetch(url, {
        method: "POST",
        body: text,
        redirect: "manual",
        keepalive: text.length < 60000,
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": this.#token.value,
        },
      });
      if (response.type === "opaqueredirect") return { status: 401, body: {} };
      const date = Date.parse(response.headers.get("Date"));
      if (date) this.#tell("clock", { now: date });
      const wait = +response.headers.get("Retry-After") || 0;
      // A hotel's sign-in page answers 200 as well, but never in our words.
      const answer = await response.json().catch(() => undefined);
      return { status: answer ? response.status : 0, body: answer ?? {}, wait };
    } catch {
      return { status: 0, body: {} };
    }
  }

  async #digest(entry, { status, body, wait }) {
    if (status === 200 || status === 201) {
      if (typeof body.saved !== "number") return this.#later(wait);
      this.seen = Math.max(this.seen, body.saved);
      this.tries = 0;
      this.journal.drop(entry);
      return true;
    }
    if (status === 409 && ELSEWHERE.has(body.error)) return this.#stop("conflict", body);
    if (status === 401) return this.#stop("signed-out", body);
    if (status === 400 && body.error === "csrf") {
      return (await this.refresh()) ? true : this.#stop("signed-out", body);
    }
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.refused = body.message || String(status);
      this.journal.refuse(entry);
      return true;
    }
    return this.#later(wait);
  }

  // Fetch the page anew for a valid CSRF token; false when we are not signed in any more.
  async refresh() {
    if (this.refreshed > Date.now() - 5000) return false;
    this.refreshed = Date.now();
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("form[data-save-url]")?.elements.csrf_token;
      if (!fresh) return false;
      for (const one of document.getElementsByName("csrf_token")) one.value = fresh.value;
      return true;
    } catch {
      return false;
    }
  }

  #later(wait) {
    this.tries += 1;
    const backoff = Math.min(LONGEST, 1000 * 2 ** Math.min(this.tries - 1, 5));
    const pause = Math.max(wait * 1000 || 0, backoff * (0.75 + Math.random() / 2));
    this.timer = setTimeout(() => this.pump(), pause);
    this.#tell("unsent");
    return false;
  }

  #stop(why, body) {
    this.blocked = why;
    this.#tell(why, body);
    return false;
  }

  #tell(state, detail = {}) {
    this.dispatchEvent(new CustomEvent("state", { detail: { ...detail, state } }));
  }

  get #token() {
    return this.form.elements.csrf_token;
  }
}
