// The mend grid: cells of failed rows are edited in place, kept until they are sent, and sent together.
//
// The request is {"rows":[{"row":12,"values":{"price":"9.90"}}]}; the answer is JSON with `id`, or a problem.
// With data-grid-check a mended row is checked while it is edited, see gridCheck.js.
import { count } from "./format.js";
import { GridCheck } from "./gridCheck.js";
import { GridKeys } from "./gridKeys.js";
import { GridStore } from "./gridStore.js";
import { csrf, pageOf, reason } from "./page.js";

const started = new WeakSet();
const plural = (number, word) => `${count(number)} ${word}${number === 1 ? "" : "s"}`;

class Grid {
  #root;
  #keys;
  #store;
  #check;
  #editor = null;
  #entered = false;

  constructor(root) {
    this.#root = root;
    this.#store = new GridStore(root.dataset.grid);
    const table = root.querySelector('[role="grid"]');
    this.#keys = new GridKeys(table);
    this.#check = new GridCheck(root, this.#store);
    for (const cell of this.#keys.cells()) {
      const kept = this.#store.value(cell.parentElement.dataset.row, cell.dataset.column);
      if (kept !== undefined) {
        this.#show(cell, kept);
      }
    }
    table.addEventListener("focusin", () => (this.#entered = true));
    table.addEventListener("keydown", (event) => this.#key(event));
    table.addEventListener("click", (event) => this.#click(event));
    table.addEventListener("dblclick", (event) => this.#edit(event.target.closest('[role="gridcell"]'), null));
    table.addEventListener("paste", (event) => this.#paste(event));
    table.addEventListener("copy", (event) => this.#copy(event));
    this.#part("send").addEventListener("click", () => this.#send());
    this.#part("next").addEventListener("click", () => this.#keys.focus(this.#keys.problem(this.#place(), 1)));
    this.#part("discard").addEventListener("click", () => this.#discard());
    this.#keys
      .rows()
      .filter((row) => this.#store.rows().includes(row.dataset.row))
      .forEach((row) => this.#check.later(row));
    this.#count();
  }

  #part(name) {
    return this.#root.querySelector(`[data-grid-${name}]`);
  }

  // Where the search for the next problem starts: the current cell, or before the first when the grid was not entered.
  #place() {
    return this.#entered ? this.#keys.current() : null;
  }

  #click(event) {
    const cell = event.target.closest('[role="gridcell"]');
    if (!cell || this.#editor?.cell === cell) {
      return;
    }
    const again = cell === document.activeElement && cell.dataset.touched === "true";
    this.#keys.focus(cell);
    cell.dataset.touched = "true";
    cell.addEventListener("blur", () => delete cell.dataset.touched, { once: true });
    if (again || (event.pointerType === "touch" && cell.ariaInvalid === "true")) {
      this.#edit(cell, null);
    }
  }

  #key(event) {
    const cell = event.target.closest('[role="gridcell"]');
    if (!cell || this.#editor) {
      return;
    }
    const target = this.#keys.target(event, cell);
    if (target) {
      event.preventDefault();
      this.#keys.focus(target);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.#edit(cell, null);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.#put(cell, "");
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#edit(cell, event.key);
    }
  }

  #edit(cell, text) {
    if (!cell || this.#editor) {
      return;
    }
    const input = document.createElement("textarea");
    input.className = "grid-input";
    input.rows = 1;
    input.value = text ?? cell.querySelector(".grid-value").textContent;
    const column = this.#root.querySelectorAll("thead th")[cell.cellIndex].textContent;
    input.setAttribute("aria-label", `${column}, row ${cell.parentElement.dataset.line}`);
    this.#editor = { cell, input };
    cell.classList.add("is-editing");
    cell.append(input);
    input.focus();
    if (text === null) {
      input.select();
    }
    input.addEventListener("keydown", (event) => this.#editKey(event));
    input.addEventListener("blur", () => this.#close(true));
  }

  #editKey(event) {
    const { cell, input } = this.#editor;
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.#close(false);
      this.#keys.focus(cell);
    } else if (event.key === "Enter" && event.altKey) {
      input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end");
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#close(true);
      this.#keys.focus(this.#keys.beside(cell, event.shiftKey ? -1 : 1, 0));
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.#close(true);
      this.#keys.focus(this.#keys.beside(cell, 0, event.shiftKey ? -1 : 1));
    } else if (event.key === "F8") {
      event.preventDefault();
      this.#close(true);
      this.#keys.focus(this.#keys.problem(cell, event.shiftKey ? -1 : 1) ?? cell);
    }
  }

  #close(keep) {
    if (!this.#editor) {
      return;
    }
    const { cell, input } = this.#editor;
    this.#editor = null;
    input.remove();
    cell.classList.remove("is-editing");
    if (keep) {
      this.#put(cell, input.value);
    }
  }

  // A pasted block fills the cells to the right of and below the current one.
  #paste(event) {
    const cell = event.target.closest('[role="gridcell"]');
    if (!cell || this.#editor) {
      return;
    }
    event.preventDefault();
    const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
    const rows = this.#keys.rows();
    const last = rows.length - 1 - rows.indexOf(cell.parentElement);
    lines.slice(0, last + 1).forEach((line, down) => {
      const width = cell.parentElement.cells.length - cell.cellIndex;
      line.split("\t").slice(0, width).forEach((text, right) => this.#put(this.#keys.beside(cell, down, right), text));
    });
  }

  #copy(event) {
    const cell = event.target.closest('[role="gridcell"]');
    if (cell && !this.#editor && getSelection().isCollapsed) {
      event.preventDefault();
      event.clipboardData.setData("text/plain", cell.querySelector(".grid-value").textContent);
    }
  }

  #put(cell, value) {
    const row = cell.parentElement.dataset.row;
    if (value === cell.dataset.value) {
      this.#store.drop(row, cell.dataset.column);
    } else {
      this.#store.put(row, cell.dataset.column, value);
    }
    this.#show(cell, value);
    this.#check.later(cell.parentElement);
    this.#count();
  }

  #show(cell, value) {
    const mended = value !== cell.dataset.value;
    cell.querySelector(".grid-value").textContent = value;
    cell.classList.toggle("is-mended", mended);
    if (cell.querySelector(".grid-problem")) {
      if (mended) {
        cell.removeAttribute("aria-invalid");
      } else {
        cell.setAttribute("aria-invalid", "true");
      }
    }
  }

  #count() {
    const { rows, cells } = this.#store.counts();
    this.#part("count").textContent = rows === 0 ? "" : `${plural(cells, "cell")} in ${plural(rows, "row")} mended`;
    this.#part("send-label").textContent = rows === 0 ? "Resubmit" : `Resubmit ${plural(rows, "row")}`;
    this.#part("send").disabled = rows === 0;
    this.#part("discard").hidden = rows === 0;
  }

  #discard() {
    this.#store.clear();
    for (const cell of this.#keys.cells()) {
      this.#show(cell, cell.dataset.value);
    }
    this.#keys.rows().forEach((row) => this.#check.forget(row));
    this.#count();
    this.#keys.focus(this.#keys.current());
  }

  async #send() {
    const button = this.#part("send");
    button.disabled = true;
    this.#part("message").textContent = "";
    try {
      const answer = await fetch(this.#root.dataset.gridAction, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf() },
        body: JSON.stringify(this.#store.message()),
      });
      const body = await answer.text();
      if (!answer.ok) {
        this.#part("message").textContent = reason(answer.status, body);
        return;
      }
      this.#store.clear();
      location.assign(pageOf(this.#root.dataset.gridPage, JSON.parse(body).id));
    } catch {
      this.#part("message").textContent = `${reason(0, "")} What you mended is kept.`;
    } finally {
      button.disabled = this.#store.counts().rows === 0;
    }
  }
}

export function startGrids(root) {
  const grids = root.matches?.("[data-grid]") ? [root] : root.querySelectorAll("[data-grid]");
  for (const grid of grids) {
    if (!started.has(grid)) {
      started.add(grid);
      new Grid(grid);
    }
  }
}
