// Express and node-postgres: one insert per event, a pool of 16. The server is found in libpq's
// environment variables.
import pg from 'pg';
import { receiver } from './receiver.js';

const KEEP = {
  name: 'keep',
  text: `
    insert into webhook_event (connection, external_id, topic, key, headers, body)
    values ('bench', $1, $2, $3, $4, $5)
    on conflict (connection, external_id) do nothing`,
};

async function prepare() {
  const client = new pg.Client();
  await client.connect();
  await client.query('drop table if exists webhook_event');
  await client.query(`
    create table webhook_event (
      position bigint generated always as identity primary key,
      connection text not null,
      external_id text not null,
      topic text not null,
      key text not null,
      headers jsonb not null,
      body bytea not null,
      received_at timestamptz not null default now(),
      unique (connection, external_id)
    )`);
  await client.end();
}

await receiver(prepare, async () => {
  const pool = new pg.Pool({ max: 16 });
  return ({ id, topic, key, headers, body }) =>
    pool.query({ ...KEEP, values: [id, topic, key, headers, body] });
});
