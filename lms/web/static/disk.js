// A browser's own database, as journals use it: opened by name, written to the disk before it
// counts as kept. What is kept is shelf.js's and taps.js's.

const STRICT = { durability: "strict" };

// Open a database and make its stores, {name: options}, where they are not there yet.
export function opened(name, stores) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores))
        request.result.createObjectStore(store, options);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

// Run `act` on stores (in the order of their names here, then what tells the result); resolves to
// what it tells once all of it is on the disk.
export function within(database, names, act) {
  return new Promise((resolve, reject) => {
    const work = database.transaction(names, "readwrite", STRICT);
    let result;
    work.oncomplete = () => resolve(result);
    work.onabort = work.onerror = () => reject(work.error);
    act(...names.map((name) => work.objectStore(name)), (value) => (result = value));
  });
}

// Return a name for a tab or device that no other has.
export function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
