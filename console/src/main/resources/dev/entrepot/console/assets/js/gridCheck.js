// Checks a mended row while it is edited: the server says what is still wrong, and the cells show it.
//
// The request is {"row":12,"values":{"price":"9.90"}}; the answer {"problems":[{"column":"price","message":"…"}],"general":["…"]}.
import { csrf } from "./page.js";

const patience = 350;

export class GridCheck {
  #address;
  #store;
  #told;
  #waiting = new WeakMap();

  constructor(root, store) {
    this.#address = root.dataset.gridCheck;
    this.#store = store;
    this.#told = root.querySelector("[data-grid-told]");
  }

  /** Checks a row soon; a row that is as it was before shows what was wrong with it at first. */
  later(row) {
    if (!this.#address) {
      return;
    }
    this.#keep(row);
    clearTimeout(this.#waiting.get(row));
    if (Object.keys(this.#store.values(row.dataset.row)).length === 0) {
      this.forget(row);
      return;
    }
    this.#waiting.set(row, setTimeout(() => this.#ask(row), patience));
  }

  /** Shows what was wrong with a row at first. */
  forget(row) {
    clearTimeout(this.#waiting.get(row));
    if (row.dataset.kept !== "true") {
      return;
    }
    for (const cell of row.querySelectorAll('[role="gridcell"]')) {
      this.#mark(cell, cell.dataset.fault);
    }
    row.querySelector(".grid-general").textContent = row.dataset.faults;
    row.classList.remove("is-right");
  }

  #keep(row) {
    if (row.dataset.kept === "true") {
      return;
    }
    row.dataset.kept = "true";
    row.dataset.faults = row.querySelector(".grid-general").textContent;
    for (const cell of row.querySelectorAll('[role="gridcell"]')) {
      cell.dataset.fault = cell.querySelector(".grid-problem")?.textContent ?? "";
    }
  }

  async #ask(row) {
    const values = this.#store.values(row.dataset.row);
    const asked = JSON.stringify(values);
    try {
      const answer = await fetch(this.#address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf() },
        body: JSON.stringify({ row: Number(row.dataset.row), values }),
      });
      // Whatever was typed meanwhile is asked for by itself.
      if (answer.ok && JSON.stringify(this.#store.values(row.dataset.row)) === asked) {
        this.#show(row, await answer.json());
      }
    } catch {
      // Not reached: the row is checked when it is sent.
    }
  }

  #show(row, { problems, general }) {
    const faults = new Map(problems.map(({ column, message }) => [column, message]));
    for (const cell of row.querySelectorAll('[role="gridcell"]')) {
      this.#mark(cell, faults.get(cell.dataset.column) ?? "");
    }
    row.querySelector(".grid-general").textContent = general.join(" ");
    const left = problems.length + general.length;
    row.classList.toggle("is-right", left === 0);
    this.#told.textContent =
      left === 0 ? `Row ${row.dataset.line} is right now.` : `Row ${row.dataset.line}: ${left} ${left === 1 ? "problem" : "problems"} left.`;
  }

  #mark(cell, message) {
    let place = cell.querySelector(".grid-problem");
    if (message && !place) {
      place = document.createElement("span");
      place.className = "grid-problem";
      cell.append(place);
    }
    if (message) {
      place.textContent = message;
      cell.setAttribute("aria-invalid", "true");
    } else {
      place?.remove();
      cell.removeAttribute("aria-invalid");
    }
  }
}
