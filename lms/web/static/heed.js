// Says beside an answer what would be a pity to hand in: no number, no unit, too few words.
// It judges nothing: the server reads each answer as it was typed.

const words = (text) => text.match(/\S+/g)?.length ?? 0;

function count(text) {
  const place = text.closest(".field").querySelector("[data-words]");
  if (!place) return;
  const number = words(text.value);
  place.hidden = !number;
  place.textContent = place.dataset.words.replace("{count}", number);
}

function heed(field) {
  const place = field.querySelector("[data-unread]");
  if (!place) return;
  const typed = field.querySelector(".answer-number").value.trim();
  const unit = field.querySelector("select.unit");
  if (typed && !/\p{Nd}/u.test(typed)) place.textContent = place.dataset.unread;
  else if (typed && unit && !unit.value) place.textContent = place.dataset.noUnit;
  else place.textContent = "";
}

const form = document.querySelector("form[data-attempt]");

function look(target, done) {
  if (target.matches(".answer-text")) count(target);
  // While somebody still types, or goes on to the unit, nothing is missing yet.
  else if (target.matches(".answer-number, select.unit") && done) heed(target.closest(".field"));
}

form?.addEventListener("input", ({ target }) => look(target, false));
form?.addEventListener("focusout", ({ target, relatedTarget }) => {
  const field = target.closest(".field");
  if (field && !field.contains(relatedTarget)) look(target, true);
});
form?.addEventListener("restored", ({ target }) => target.querySelectorAll(".answer-text").forEach(count), true);
for (const text of form?.querySelectorAll(".answer-text") ?? []) count(text);
for (const number of form?.querySelectorAll(".answer-number") ?? []) heed(number.closest(".field"));
