// The journal of one attempt in this browser: answers that the server has not acknowledged,
// and who this tab is. It survives a reload, a crash and a power cut.

import { random } from "./disk.js";
import { all, put, remove } from "./shelf.js";

const PREFIX = "attempt:";
const MONTH = 30 * 24 * 3600 * 1000;

// A tab holds the lock of its client name, so that a duplicated tab takes another name and a
// browser that starts again takes the old one back.
function hold(client, wait) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const options = wait ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true };
    navigator.locks
      .request(PREFIX + client, options, (lock) => {
        resolve(Boolean(lock));
        return lock && new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}

export class Journal {
  // Open the journal of `attempt`; what other, dead tabs left unsent is in `left`.
  static async open(attempt) {
    const journal = new Journal();
    journal.prefix = `${PREFIX}${attempt}:`;
    const stored = [...(await journal.#read()).keys()];
    const own = sessionStorage.getItem(journal.prefix);
    // Without locks a second tab could answer under the same name: then only a reload keeps it.
    const others = navigator.locks ? stored.filter((client) => client !== own) : [];
    const free = [];
    if (own && stored.includes(own) && (await journal.#mine(own))) free.push(own);
    for (const client of others) if (await hold(client)) free.push(client);
    journal.client = free.shift() ?? random();
    if (!stored.includes(journal.client)) await hold(journal.client);
    // Read anew: the page before a reload may have written until it let go of the name.
    const records = await journal.#read();
    Object.assign(journal, { sequence: 0, entries: [] }, records.get(journal.client));
    journal.left = free.flatMap((client) => records.get(client)?.entries ?? []);
    journal.dead = free;
    sessionStorage.setItem(journal.prefix, journal.client);
    journal.#markOpen();
    journal.keep();
    return journal;
  }

  // Note what is given for `item`. It replaces an entry that was never sent; one that was may
  // have arrived although its answer got lost, and its number stands for what it said then.
  put(item, given, seen) {
    const claimed = new Date().toISOString();
    const waiting = this.entries.find((entry) => entry.item === item && !entry.sent);
    if (waiting) Object.assign(waiting, { given, claimed, seen });
    else
      this.entries.push({
        item, client: this.client, sequence: ++this.sequence, seen, given, claimed,
      });
    this.keep();
  }

  // Return the next entry to send: first what dead tabs left, then our own in their order.
  next() {
    return this.left[0] ?? this.entries[0];
  }

  // Note, before it goes out, that the server may know this entry from now on.
  markSent(entry) {
    if (entry.sent) return;
    entry.sent = true;
    if (this.entries.includes(entry)) this.keep();
  }

  drop(entry) {
    this.left = this.left.filter((one) => one !== entry);
    this.entries = this.entries.filter((one) => one !== entry);
    if (!this.left.length)
      for (const client of this.dead.splice(0)) this.#remove(client);
    this.keep();
  }

  // Set aside what the server will not take, so that it can still be read out by hand.
  refuse(entry) {
    this.refused = [...(this.refused ?? []), entry];
    this.drop(entry);
  }

  // Answer under our own name from now on: what dead tabs left becomes ours, unless we have
  // newer. All get new numbers, since under the old ones the server keeps what did not count.
  adopt(seen) {
    const own = new Set(this.entries.map((entry) => entry.item));
    const left = this.left.splice(0);
    for (const entry of left) if (!own.has(entry.item)) this.put(entry.item, entry.given, seen);
    for (const entry of this.entries)
      Object.assign(entry, { seen, sequence: ++this.sequence, sent: false });
    for (const client of this.dead.splice(0)) this.#remove(client);
    this.keep();
  }

  get size() {
    return this.left.length + this.entries.length;
  }

  // Write everything down; `safe` tells whether the browser takes it.
  async keep() {
    const { sequence, entries, refused } = this;
    const record = structuredClone({ sequence, entries, refused, at: Date.now() });
    try {
      await put(this.prefix + this.client, record);
      this.safe = true;
    } catch {
      this.safe = false;
    }
  }

  // Leave nothing behind: everything is on the server and the person signs out.
  async forget() {
    sessionStorage.removeItem(this.prefix);
    await this.#remove(this.client);
  }

  #mine(client) {
    if (navigator.locks) return hold(client, 800); // the page before a reload lets go in time
    return !sessionStorage.getItem(this.prefix + "open");
  }

  #markOpen() {
    if (navigator.locks) return;
    sessionStorage.setItem(this.prefix + "open", "1");
    addEventListener("pagehide", () => sessionStorage.removeItem(this.prefix + "open"));
  }

  // Return what is kept of this attempt by the name of each tab.
  async #read() {
    const found = [];
    try {
      for (const [key, record] of await all()) {
        const old = !record.entries?.length && Date.now() - record.at > MONTH;
        if (old) remove(key).catch(() => {});
        else if (key.startsWith(this.prefix)) found.push([key.slice(this.prefix.length), record]);
      }
    } catch {
      // A browser that keeps nothing: the answers live in this page until they are sent.
    }
    // The one that answered last comes first: it is the likeliest to hold the attempt.
    return new Map(found.sort(([, one], [, other]) => other.at - one.at));
  }

  async #remove(client) {
    await remove(this.prefix + client).catch(() => {}); // nothing was kept
  }
}
