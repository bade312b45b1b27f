// Loads a product file into the catalogue's table: csv-parse, the same rules, pg.
//
//   node load.js values FILE    batches of 1,000 rows, insert … values (…), (…), … on conflict
//   node load.js unnest FILE    batches of 1,000 rows, insert … select from unnest … on conflict
//   node load.js copy FILE      pg-copy-streams into a temporary table, one merge at the end
//
// The server is found in libpq's environment variables.
import { createReadStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { parse } from 'csv-parse';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Checker } from './rules.js';
import { Slugs } from './slugs.js';

const BATCH_ROWS = 1000;
const VENDOR = 'BENCH';
const BATCH_ID = '00000000-0000-0000-0000-000000000002';

const PRODUCT_COLUMNS = [
  ['vendor_product_id', 'text'],
  ['sku', 'text'],
  ['name', 'text'],
  ['slug', 'text'],
  ['category', 'text'],
  ['subcategory', 'text'],
  ['description', 'text'],
  ['brand', 'text'],
  ['price', 'numeric'],
  ['compare_at_price', 'numeric'],
  ['stock_quantity', 'int'],
  ['weight_kg', 'numeric'],
  ['image_url', 'text'],
  ['created_record', 'bigint'],
];
const NAMES = PRODUCT_COLUMNS.map(([name]) => name).join(', ');
const MERGE = `
  on conflict (vendor, vendor_product_id) do update
  set sku = excluded.sku, name = excluded.name, category = excluded.category,
    subcategory = excluded.subcategory, description = excluded.description,
    brand = excluded.brand, price = excluded.price,
    compare_at_price = excluded.compare_at_price, stock_quantity = excluded.stock_quantity,
    weight_kg = excluded.weight_kg, image_url = excluded.image_url, updated_at = now()`;

const INSERT = {
  name: 'insert-products',
  text: `
    insert into product (vendor, created_batch, ${NAMES})
    select '${VENDOR}', '${BATCH_ID}', *
    from unnest(${PRODUCT_COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')})
    ${MERGE}`,
};
const insertOf = (rows) => `
    insert into product (vendor, created_batch, ${NAMES})
    values ${Array.from({ length: rows }, (_, row) => `('${VENDOR}', '${BATCH_ID}', ${
      PRODUCT_COLUMNS.map((_, i) => `$${row * PRODUCT_COLUMNS.length + i + 1}`).join(', ')})`)
      .join(', ')}
    ${MERGE}`;
const REJECT = {
  name: 'insert-rejected',
  text: `
    insert into dead_letter (batch_id, record, line, key, second_key, code, reason, problems,
      payload, readable)
    select '${BATCH_ID}', record, record + 1, key, second_key, code, reason, problems,
      array(select jsonb_array_elements_text(payload)), true
    from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[],
      $7::jsonb[]) as t (record, key, second_key, code, reason, problems, payload)`,
};

async function* checkedRows(file, categories) {
  const checker = new Checker(categories);
  const slugs = new Slugs();
  const rows = createReadStream(file, { highWaterMark: 1 << 20 }).pipe(parse({ columns: true }));
  let record = 0;
  for await (const row of rows) {
    record++;
    const checked = checker.check(row);
    if (checked.problems.length === 0) {
      yield { good: [
        row.vendor_product_id, row.sku, row.product_name, slugs.take(row.product_name, row.sku),
        checked.category, row.subcategory || null, row.description || null, row.brand || null,
        row.price, row.compare_at_price || null, row.stock_quantity, row.weight_kg || null,
        row.image_url || null, record,
      ] };
    } else {
      const first = checked.problems[0];
      yield { bad: [
        record, row.vendor_product_id || null, row.sku || null, first.code, first.message,
        JSON.stringify(checked.problems), JSON.stringify(Object.values(row)),
      ] };
    }
  }
}

const columns = (rows, width) =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));

async function reject(client, rows) {
  if (rows.length > 0) {
    await client.query({ ...REJECT, values: columns(rows, 7) });
  }
}

const insertColumns = (client, good) =>
  client.query({ ...INSERT, values: columns(good, PRODUCT_COLUMNS.length) });

const insertRows = (client, good) =>
  client.query({
    // Prepared once for each number of rows.
    name: `insert-${good.length}`,
    text: insertOf(good.length),
    values: good.flat(),
  });

async function batches(client, rows, insert) {
  let good = [];
  let bad = [];
  const flush = async () => {
    await client.query('begin');
    if (good.length > 0) {
      await insert(client, good);
    }
    await reject(client, bad);
    await client.query('commit');
    good = [];
    bad = [];
  };
  for await (const row of rows) {
    if (row.good) good.push(row.good);
    else bad.push(row.bad);
    if (good.length + bad.length === BATCH_ROWS) await flush();
  }
  await flush();
}

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPED = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const copyCell = (cell) =>
  cell === null ? '\\N' : String(cell).replace(SPECIAL, (character) => ESCAPED[character]);

async function copy(client, rows) {
  await client.query('begin');
  await client.query(
    `create temp table staged (${PRODUCT_COLUMNS.map((column) => column.join(' ')).join(', ')})
     on commit drop`);
  const stream = client.query(copyFrom(`copy staged (${NAMES}) from stdin`));
  const bad = [];
  let lines = [];
  for await (const row of rows) {
    if (row.bad) {
      bad.push(row.bad);
      continue;
    }
    lines.push(row.good.map(copyCell).join('\t'));
    if (lines.length === BATCH_ROWS) {
      if (!stream.write(lines.join('\n') + '\n')) await once(stream, 'drain');
      lines = [];
    }
  }
  stream.end(lines.length > 0 ? lines.join('\n') + '\n' : '');
  await once(stream, 'finish');
  await client.query(
    `insert into product (vendor, created_batch, ${NAMES})
     select '${VENDOR}', '${BATCH_ID}', ${NAMES} from staged ${MERGE}`);
  for (let from = 0; from < bad.length; from += BATCH_ROWS) {
    await reject(client, bad.slice(from, from + BATCH_ROWS));
  }
  await client.query('commit');
}

function versions() {
  const version = (name) =>
    JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url)))
      .version;
  return ['csv-parse', 'pg', 'pg-copy-streams'].map((name) => `${name} ${version(name)}`).join(', ');
}

const [way, file] = process.argv.slice(2);
const client = new pg.Client();
await client.connect();
await client.query(
  `insert into batch (id, kind, tenant, flow, label)
   values ('${BATCH_ID}', 'bench', 'main', '${VENDOR}', '')`);
const start = process.hrtime.bigint();
const { rows: categories } = await client.query('select code, name from category where active');
const rows = checkedRows(file, categories);
await (way === 'copy'
  ? copy(client, rows)
  : batches(client, rows, way === 'values' ? insertRows : insertColumns));
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
await client.end();
console.log('RESULT ' + JSON.stringify({
  seconds,
  residentMost: Math.round(process.resourceUsage().maxRSS / 1024),
  versions: versions(),
}));
