// Slugs of names, unique.
const MOST = 80;

export class Slugs {
  #taken = new Set();

  take(name, sku) {
    const base = slug(name);
    if (this.#add(base)) return base;
    const withSku = `${base}-${slug(sku)}`;
    for (let attempt = 1; ; attempt++) {
      const tried = attempt === 1 ? withSku : `${withSku}-${attempt}`;
      if (this.#add(tried)) return tried;
    }
  }

  #add(text) {
    if (this.#taken.has(text)) return false;
    this.#taken.add(text);
    return true;
  }
}

function slug(text) {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f']/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (plain === '') return 'product';
  if (plain.length <= MOST) return plain;
  const end = plain.lastIndexOf('-', MOST);
  return plain.slice(0, end < MOST / 2 ? MOST : end);
}
