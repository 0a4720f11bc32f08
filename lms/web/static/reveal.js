// A password that one may look at while typing it; without scripts it stays hidden.
for (const input of document.querySelectorAll("[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button link";
  button.setAttribute("aria-controls", input.id);
  const say = () => {
    button.textContent = input.type === "password" ? input.dataset.reveal : input.dataset.hide;
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    say();
    input.focus();
  });
  say();
  input.after(button);
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}
