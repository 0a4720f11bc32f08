// Signing out on a shared device: what was kept of opened sheets goes, what is not sent yet stays
// and is told first.

import { forgetSent, unsent } from "./taps.js";

const form = document.querySelector("form[data-sign-out]");
const words = document.querySelector("script[data-leave]").dataset.leave;

async function forget() {
  await Promise.all([forgetSent(), globalThis.caches?.delete("practicals")]);
}

form?.addEventListener("submit", async (event) => {
  if (document.querySelector("form[data-attempt]")) return void forget(); // attempt.js asks
  event.preventDefault();
  if ((await unsent()) && !confirm(words)) return;
  await forget().catch(() => {});
  form.submit();
});
