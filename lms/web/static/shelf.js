// What a browser keeps by key, twice over. localStorage takes a record before the next line runs, so
// that a reload in the same moment finds it; it comes to the disk only seconds later. IndexedDB has
// it on the disk at once, so that a killed browser finds it. Records carry `at`: the newer counts.

import * as disk from "./disk.js";

const STORE = "records";
let database;

// Run `act` on the store; resolves to what it gives once all of it is on the disk.
async function within(act) {
  database ??= disk.opened("attempts", { [STORE]: {} });
  return disk.within(await database, [STORE], act);
}

function stored() {
  return within((store, give) => {
    const found = [];
    store.openCursor().onsuccess = ({ target: { result: place } }) => {
      if (!place) return give(found);
      found.push([place.key, place.value]);
      place.continue();
    };
  });
}

// Return every record whose key begins so, as [key, record].
export async function all(prefix) {
  const found = new Map(await stored().catch(() => []));
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const record = JSON.parse(localStorage.getItem(key));
    if (!(found.get(key)?.at > record.at)) found.set(key, record);
  }
  return [...found].filter(([key]) => key.startsWith(prefix));
}

// Keep a record; rejects when neither place takes it.
export async function put(key, record) {
  let taken = true;
  try {
    localStorage.setItem(key, JSON.stringify(record));
  } catch {
    taken = false; // no room, or none is given
  }
  try {
    await within((store) => store.put(record, key));
  } catch (error) {
    if (!taken) throw error;
  }
}

export async function remove(key) {
  localStorage.removeItem(key);
  await within((store) => store.delete(key));
}
