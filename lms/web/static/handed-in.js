// A paper that is handed in: what this browser noted of it is on the server, so the next person at
// this device finds nothing of it. What the server never took stays, to be read out by hand.

import { all, remove } from "./shelf.js";

const { handedIn } = document.querySelector("script[data-handed-in]").dataset;
const PREFIX = `attempt:${handedIn}:`;

try {
  for (const [key, { entries, refused }] of await all())
    if (key.startsWith(PREFIX) && !entries?.length && !refused?.length) await remove(key);
  sessionStorage.removeItem(PREFIX);
} catch {
  // a browser that keeps nothing
}
