// The rules of a row, in order: every failed one is reported.
const REQUIRED = [
  'vendor_product_id', 'product_name', 'category', 'sku', 'price', 'stock_quantity',
];
const LENGTHS = [
  ['vendor_product_id', 100], ['product_name', 200], ['description', 2000], ['sku', 100],
  ['brand', 100],
];
const NUMBER = /^-?\d+(\.\d+)?$/;
const WHOLE = /^\d+(\.00?)?$/;

export class Checker {
  #categories = new Map();
  #skus = new Set();
  #ids = new Set();

  constructor(categories) {
    for (const { code, name } of categories) {
      this.#categories.set(code.toLowerCase(), code);
      this.#categories.set(name.toLowerCase(), code);
    }
  }

  check(row) {
    const problems = [];
    const add = (code, field, message) =>
      problems.push({ code, field, message, value: row[field] });
    for (const field of REQUIRED) {
      if (row[field].trim() === '') {
        add('MISSING_REQUIRED_FIELDS', field, `${field} is missing: every product needs it`);
      }
    }
    const price = row.price === '' ? null : amount(row.price, 'price', 'INVALID_PRICE', add);
    if (row.stock_quantity !== ''
        && !(WHOLE.test(row.stock_quantity) && Number(row.stock_quantity) <= 1_000_000)) {
      add('INVALID_STOCK', 'stock_quantity',
        `stock_quantity ${row.stock_quantity} is not a whole number from 0 to 1000000`);
    }
    for (const [field, most] of LENGTHS) {
      if (row[field].length > most && [...row[field]].length > most) {
        add('FIELD_LENGTH_EXCEEDED', field, `${field} is longer than ${most} characters`);
      }
    }
    const category = this.#category(row, add);
    this.#duplicate(this.#skus, row.sku, 'DUPLICATE_SKU', 'sku', add);
    this.#duplicate(this.#ids, row.vendor_product_id, 'DUPLICATE_VENDOR_PRODUCT_ID',
      'vendor_product_id', add);
    compareAt(row, price, add);
    if (row.weight_kg !== ''
        && !(NUMBER.test(row.weight_kg) && row.weight_kg[0] !== '-'
          && Number(row.weight_kg) <= 1_000_000)) {
      add('INVALID_WEIGHT', 'weight_kg', `weight_kg ${row.weight_kg} is out of range`);
    }
    if (row.image_url !== '' && !isWebAddress(row.image_url)) {
      add('INVALID_IMAGE_URL', 'image_url', `image_url "${row.image_url}" is no web address`);
    }
    return { problems, category };
  }

  #category(row, add) {
    if (row.category === '') return null;
    const code = this.#categories.get(row.category.trim().toLowerCase());
    if (code === undefined) {
      const nearest = this.#nearest(row.category.toLowerCase());
      add('INVALID_CATEGORY', 'category',
        `category "${row.category}" is not an active category of the catalogue`
          + (nearest === null ? '' : `: did you mean "${nearest}"?`));
    }
    return code;
  }

  #nearest(text) {
    let best = Math.min(4, Math.floor(text.length / 3)) + 1;
    let nearest = null;
    for (const key of this.#categories.keys()) {
      const distance = editDistance(text, key, best);
      if (distance < best) {
        best = distance;
        nearest = key;
      }
    }
    return nearest;
  }

  #duplicate(seen, key, code, field, add) {
    if (key === '') return;
    if (seen.has(key)) add(code, field, `the ${field} "${key}" is twice in the file`);
    else seen.add(key);
  }
}

function amount(text, field, code, add) {
  const value = Number(text);
  if (!NUMBER.test(text)) add(code, field, `${field} "${text}" is not a number`);
  else if (value < 0.01) add(code, field, `${field} ${text} is too low: the lowest is 0.01`);
  else if (value > 999999.99) add(code, field, `${field} ${text} is too high`);
  else if ((text.split('.')[1] ?? '').length > 2) {
    add(code, field, `${field} ${text} has more than 2 decimals`);
  } else return value;
  return null;
}

function compareAt(row, price, add) {
  if (row.compare_at_price === '') return;
  const value = amount(row.compare_at_price, 'compare_at_price', 'INVALID_COMPARE_AT_PRICE', add);
  if (value !== null && price !== null && value < price) {
    add('INVALID_COMPARE_AT_PRICE', 'compare_at_price',
      `compare_at_price ${row.compare_at_price} is below the price ${row.price}`);
  }
}

function isWebAddress(text) {
  return /^https?:\/\//i.test(text) && !/\s/.test(text) && URL.canParse(text);
}

function editDistance(a, b, limit) {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      least = Math.min(least, now[j]);
    }
    if (least >= limit) return limit;
    before = now;
  }
  return before[b.length];
}
