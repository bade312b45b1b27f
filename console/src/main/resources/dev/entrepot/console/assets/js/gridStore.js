// What is mended but not sent yet, kept in the browser's session so that paging or a reload loses nothing.
export class GridStore {
  #key;
  #rows;

  constructor(key) {
    this.#key = `mend:${key}`;
    try {
      this.#rows = JSON.parse(sessionStorage.getItem(this.#key) ?? "{}");
    } catch {
      this.#rows = {};
    }
  }

  value(row, column) {
    return this.#rows[row]?.[column];
  }

  put(row, column, value) {
    (this.#rows[row] ??= {})[column] = value;
    this.#save();
  }

  drop(row, column) {
    if (this.#rows[row]) {
      delete this.#rows[row][column];
      if (Object.keys(this.#rows[row]).length === 0) {
        delete this.#rows[row];
      }
      this.#save();
    }
  }

  clear() {
    this.#rows = {};
    this.#save();
  }

  /** The changed cells of a row. */
  values(row) {
    return this.#rows[row] ?? {};
  }

  /** The numbers of the mended rows. */
  rows() {
    return Object.keys(this.#rows);
  }

  /** How many rows and cells are mended. */
  counts() {
    const rows = Object.values(this.#rows);
    return { rows: rows.length, cells: rows.reduce((sum, row) => sum + Object.keys(row).length, 0) };
  }

  /** What is sent: rows by number, each with its changed cells only. */
  message() {
    return { rows: Object.entries(this.#rows).map(([row, values]) => ({ row: Number(row), values })) };
  }

  #save() {
    try {
      if (Object.keys(this.#rows).length === 0) {
        sessionStorage.removeItem(this.#key);
      } else {
        sessionStorage.setItem(this.#key, JSON.stringify(this.#rows));
      }
    } catch {
      // Private mode or a full store: what is mended then lives as long as the page.
    }
  }
}
