// What a browser keeps of attempts by key: a record counts as kept once it is on the disk, so that
// a browser that is killed, or a machine whose power goes, finds it again. (localStorage comes to
// the disk only seconds later.)

import * as disk from "./disk.js";

const STORE = "records";
let database;

// Run `act` on the store; resolves to what it gives once all of it is on the disk.
async function within(act) {
  database ??= disk.opened("attempts", { [STORE]: {} });
  return disk.within(await database, [STORE], act);
}

// Return every record as [key, record].
export function all() {
  return within((store, give) => {
    const found = [];
    store.openCursor().onsuccess = ({ target: { result: place } }) => {
      if (!place) return give(found);
      found.push([place.key, place.value]);
      place.continue();
    };
  });
}

export function put(key, record) {
  return within((store) => store.put(record, key));
}

export function remove(key) {
  return within((store) => store.delete(key));
}
