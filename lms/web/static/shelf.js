// What a browser keeps on its disk by key: a record counts as kept once it is written there, so
// that a browser that is killed, or a machine whose power goes, finds it again.

const NAME = "attempts";
const STORE = "records";
const STRICT = { durability: "strict" };
let database;

function opened() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return database;
}

// Run `act` on the store; resolves to what it gives once all of it is on the disk.
async function within(act) {
  const held = await opened();
  return new Promise((resolve, reject) => {
    const work = held.transaction(STORE, "readwrite", STRICT);
    let result;
    work.oncomplete = () => resolve(result);
    work.onabort = work.onerror = () => reject(work.error);
    act(work.objectStore(STORE), (value) => (result = value));
  });
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
