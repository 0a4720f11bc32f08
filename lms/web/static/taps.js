// What was tapped at practicals, in this browser: each tap with its time, kept at once and before
// it is sent. It survives a reload, a crash and a power cut; taps that the server has stay until
// somebody signs out, so that an opened sheet shows them again while the network is away.

import * as disk from "./disk.js";

const STORES = { sheets: { keyPath: "sheet" }, taps: { keyPath: ["sheet", "sequence"] } };

const opened = () => disk.opened("practicals", STORES);
const within = (database, act) => disk.within(database, Object.keys(STORES), act);

const ofSheet = (sheet) => IDBKeyRange.bound([sheet, 0], [sheet, Infinity]);

export class Taps {
  // Open what this browser has of `sheet`.
  static async open(sheet) {
    const taps = new Taps();
    Object.assign(taps, { sheet, rows: [], safe: true, client: disk.random(), sequence: 0 });
    taps.last = Promise.resolve();
    try {
      taps.database = await opened();
      taps.rows = await within(taps.database, (_sheets, stored, give) => {
        stored.getAll(ofSheet(sheet)).onsuccess = ({ target }) => give(target.result);
      });
    } catch {
      taps.safe = false; // a browser that keeps nothing: taps live in this page until sent
    }
    return taps;
  }

  // Keep a tap; resolves when it is on the disk. One device counts alike in all its tabs.
  put(subject, value) {
    const tap = { sheet: this.sheet, subject, value, tapped: new Date().toISOString() };
    this.last = this.last.then(() => this.#write(tap));
    return this.last;
  }

  async #write(tap) {
    try {
      if (!this.safe) throw new Error("nothing is kept");
      this.rows.push(await within(this.database, (sheets, stored, give) => {
        sheets.get(this.sheet).onsuccess = ({ target }) => {
          const { client = disk.random(), sequence = 0 } = target.result ?? {};
          const row = { ...tap, client, sequence: sequence + 1, state: "unsent" };
          sheets.put({ sheet: this.sheet, client, sequence: row.sequence });
          stored.put(row);
          give(row);
        };
      }));
    } catch {
      this.safe = false;
      this.rows.push({ ...tap, client: this.client, sequence: ++this.sequence, state: "unsent" });
    }
  }

  get #waiting() {
    return this.rows.filter((row) => row.state === "unsent");
  }

  get size() {
    return this.#waiting.length;
  }

  // What the outbox asks for: the next to send, and what became of it.
  next() {
    return this.#waiting[0];
  }

  markSent() {}

  drop(row) {
    this.#mark(row, "sent");
  }

  refuse(row) {
    this.#mark(row, "refused");
  }

  #mark(row, state) {
    row.state = state;
    if (this.safe)
      within(this.database, (_sheets, stored) => stored.put({ ...row })).catch(() => {});
  }

  // Return the last tap on each subject, sent or not.
  latest() {
    const accepted = this.rows.filter((row) => row.state !== "refused");
    return new Map(accepted.map((row) => [row.subject, row]));
  }
}

// Return how many taps of any sheet the server has not acknowledged.
export async function unsent() {
  try {
    return await within(await opened(), (_sheets, stored, give) => {
      stored.getAll().onsuccess = ({ target }) =>
        give(target.result.filter((row) => row.state === "unsent").length);
    });
  } catch {
    return 0;
  }
}

// Remove what the server has: nothing of it is needed here once somebody signs out.
export async function forgetSent() {
  try {
    await within(await opened(), (_sheets, stored) => {
      stored.openCursor().onsuccess = ({ target: { result: place } }) => {
        if (!place) return;
        if (place.value.state !== "unsent") place.delete();
        place.continue();
      };
    });
  } catch {
    // nothing was kept
  }
}
