// Pointing at a figure: a click writes the numbers of a mark, which are the answer and all that
// is saved. Without this file the numbers are typed, or places chosen from the list.

class Figure {
  constructor(question) {
    this.question = question;
    this.image = question.querySelector(".prompt img");
    if (!this.image) return;
    this.frame = document.createElement("span");
    this.frame.className = "figure-frame";
    this.image.replaceWith(this.frame);
    this.frame.append(this.image);
    this.said = document.createElement("p");
    this.said.className = "unseen";
    this.said.setAttribute("role", "status");
    question.append(this.said);
    question.querySelector("[data-pointing]").hidden = false;
    this.image.addEventListener("click", (event) => this.#point(event));
    question.addEventListener("input", () => this.draw());
    question.addEventListener("change", () => this.draw());
    // Answers kept in the browser are put back after this file has run.
    question.closest("[data-item]")?.addEventListener("restored", () => this.draw());
    this.draw();
  }

  get rows() {
    return [...this.question.querySelectorAll(".spots > li")].map((row) => [
      ...row.querySelectorAll("input"),
    ]);
  }

  // Write where the figure was pointed at into the first empty mark, else into the last one.
  #point(event) {
    const box = this.image.getBoundingClientRect();
    const share = (at, from, whole) => String(Math.round(((at - from) / whole) * 1000) / 10);
    const x = share(event.clientX, box.left, box.width);
    const y = share(event.clientY, box.top, box.height);
    const rows = this.rows;
    const row = rows.find(([left, top]) => !left.value && !top.value) ?? rows.at(-1);
    this.#write(row, x, y);
    this.said.textContent = this.question.dataset.marked.replace("{x}", x).replace("{y}", y);
  }

  #write([left, top], x, y) {
    left.value = x;
    top.value = y;
    left.dispatchEvent(new Event("change", { bubbles: true }));
  }

  draw() {
    for (const pin of this.frame.querySelectorAll(".pin")) pin.remove();
    this.rows.forEach((row, index) => {
      const [x, y] = row.map((field) => Number.parseFloat(field.value.replace(",", ".")));
      if (x >= 0 && x <= 100 && y >= 0 && y <= 100) this.#pin(row, index + 1, x, y);
    });
    for (const box of this.question.querySelectorAll("input[type=checkbox]:checked")) {
      const [x, y] = box.value.split(" ").map(Number);
      this.#pin(null, "", x, y);
    }
  }

  // A mark of one's own can be taken away; one from the list is taken away in the list.
  #pin(row, number, x, y) {
    const pin = document.createElement(row ? "button" : "span");
    pin.className = "pin";
    pin.style.left = `${x}%`;
    pin.style.top = `${y}%`;
    pin.textContent = number;
    if (row) {
      pin.type = "button";
      const words = this.question.dataset.take.replace("{number}", number);
      pin.setAttribute("aria-label", words);
      pin.title = words;
      pin.addEventListener("click", () => {
        this.#write(row, "", "");
        row[0].focus();
      });
    }
    this.frame.append(pin);
  }
}

for (const question of document.querySelectorAll("[data-hotspot]")) new Figure(question);
