// Which cell of a grid a key leads to. One cell is in the tab order; arrows move it, Tab leaves the grid.
const page = 10;

export class GridKeys {
  #table;

  constructor(table) {
    this.#table = table;
    this.cells()[0]?.setAttribute("tabindex", "0");
  }

  rows() {
    return [...this.#table.tBodies[0].rows];
  }

  cells() {
    return [...this.#table.querySelectorAll('[role="gridcell"]')];
  }

  current() {
    return this.#table.querySelector('[role="gridcell"][tabindex="0"]');
  }

  focus(cell) {
    if (!cell) {
      return;
    }
    this.current()?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The cell some rows and columns away, stopping at the edges. */
  beside(cell, down, right) {
    const rows = this.rows();
    const row = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(cell.parentElement) + down))];
    const inRow = [...row.querySelectorAll('[role="gridcell"]')];
    const column = [...cell.parentElement.querySelectorAll('[role="gridcell"]')].indexOf(cell) + right;
    return inRow[Math.min(inRow.length - 1, Math.max(0, column))];
  }

  /** The next or previous cell with a problem that is not mended, going round at the ends; from null, the first. */
  problem(cell, step) {
    const cells = this.cells();
    const from = cells.indexOf(cell);
    for (let i = 1; i <= cells.length; i += 1) {
      const next = cells[(from + step * i + cells.length * 2) % cells.length];
      if (next?.ariaInvalid === "true") {
        return next;
      }
    }
    return null;
  }

  /** The cell a key leads to, or null when the key moves nothing. */
  target(event, cell) {
    const rows = this.rows().length;
    const far = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown":
        return this.beside(cell, far ? rows : 1, 0);
      case "ArrowUp":
        return this.beside(cell, far ? -rows : -1, 0);
      case "ArrowRight":
        return this.beside(cell, 0, far ? Infinity : 1);
      case "ArrowLeft":
        return this.beside(cell, 0, far ? -Infinity : -1);
      case "Home":
        return this.beside(cell, far ? -rows : 0, -Infinity);
      case "End":
        return this.beside(cell, far ? rows : 0, Infinity);
      case "PageDown":
        return this.beside(cell, page, 0);
      case "PageUp":
        return this.beside(cell, -page, 0);
      case "F8":
        return this.problem(cell, event.shiftKey ? -1 : 1);
      default:
        return null;
    }
  }
}
