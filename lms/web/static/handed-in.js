// A paper that is handed in: what this browser noted of it is on the server, so the next person at
// this device finds nothing of it. What the server never took stays, to be read out by hand.

const { handedIn } = document.querySelector("script[data-handed-in]").dataset;
const PREFIX = `attempt:${handedIn}:`;

try {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    const { entries, refused } = JSON.parse(localStorage.getItem(key));
    if (!entries?.length && !refused?.length) localStorage.removeItem(key);
  }
  sessionStorage.removeItem(PREFIX);
} catch {
  // a browser that keeps nothing
}
