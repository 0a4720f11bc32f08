// Moving steps into order: the list shows the order, the places in its select controls are the
// answer and the only thing that is saved. Without this file the places are chosen by hand.

const ARROWS = { up: "M12 19V5M6 11l6-6 6 6", down: "M12 5v14M6 13l6 6 6-6" };

function arrow(direction) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  picture.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ARROWS[direction]);
  picture.append(path);
  return picture;
}

class Order {
  constructor(list) {
    this.list = list;
    this.said = document.createElement("p");
    this.said.className = "unseen";
    this.said.setAttribute("role", "status");
    list.after(this.said);
    for (const step of list.children) this.#addButtons(step);
    this.sort();
    list.addEventListener("change", (event) => this.#chosen(event));
    list.addEventListener("click", (event) => this.#clicked(event));
    // Answers kept in the browser are put back after this file has run.
    list.closest("[data-item]")?.addEventListener("restored", () => this.sort());
  }

  get steps() {
    return [...this.list.children];
  }

  // Show the steps by their places; those without one stay behind, as they were drawn.
  sort() {
    const place = (step) => Number(step.querySelector("select").value) || Infinity;
    const later = (one, other) => (place(one) === place(other) ? 0 : place(one) - place(other));
    this.list.append(...this.steps.sort(later));
    this.#ends();
  }

  #addButtons(step) {
    const buttons = document.createElement("span");
    buttons.className = "moves";
    for (const direction of ["up", "down"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.move = direction;
      button.append(arrow(direction));
      button.title = this.list.dataset[direction];
      button.setAttribute("aria-label", this.list.dataset[direction]);
      const label = step.querySelector("label");
      label.id ||= `${label.htmlFor}-text`;
      button.setAttribute("aria-describedby", label.id);
      buttons.append(button);
    }
    step.append(buttons);
  }

  #chosen(event) {
    const step = event.target.closest("li");
    if (event.target.value) this.#move(step, Number(event.target.value) - 1);
    else this.#ends();
  }

  #clicked(event) {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const step = button.closest("li");
    const target = this.steps.indexOf(step) + (button.dataset.move === "up" ? -1 : 1);
    if (target < 0 || target >= this.steps.length) return;
    const select = step.querySelector("select");
    select.value = String(target + 1);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Put a step at an index, the others making room. The step itself never leaves the page: so it
  // keeps the focus, and a list that is open stays open.
  #move(step, target) {
    const others = this.steps.filter((one) => one !== step);
    step.before(...others.slice(0, target));
    step.after(...others.slice(target));
    this.steps.forEach((one, index) => (one.querySelector("select").value = String(index + 1)));
    this.#ends();
    this.said.textContent = this.list.dataset.moved
      .replace("{step}", step.querySelector("label").textContent.trim())
      .replace("{place}", target + 1)
      .replace("{of}", this.steps.length);
  }

  #ends() {
    this.steps.forEach((step, index) => {
      const last = { up: 0, down: this.steps.length - 1 };
      for (const button of step.querySelectorAll("[data-move]"))
        button.setAttribute("aria-disabled", index === last[button.dataset.move]);
    });
  }
}

for (const list of document.querySelectorAll("[data-ordering]")) new Order(list);
