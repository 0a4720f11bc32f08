// The preview server's pages: ask once a second whether a file has changed, and load again.

const { changed } = document.querySelector("script[data-changed]").dataset;
let first;

async function look() {
  try {
    const now = await (await fetch(changed)).json();
    first ??= now;
    if (now !== first) location.reload();
  } catch {
    // The server was stopped; it may come back.
  }
}

setInterval(look, 1000);
