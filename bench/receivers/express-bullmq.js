// Express and BullMQ: one job per event, named by the event's id so that a repeat is none. The
// Redis at REDIS_PORT flushes at every write (appendfsync always).
import { Queue } from 'bullmq';
import Redis from 'ioredis';
import { receiver } from './receiver.js';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) };

async function prepare() {
  const redis = new Redis(connection);
  await redis.flushall();
  const [, durable] = await redis.config('GET', 'appendfsync');
  if (durable !== 'always') throw new Error(`appendfsync is ${durable}, not always`);
  await redis.quit();
}

await receiver(prepare, async () => {
  const queue = new Queue('webhooks', { connection });
  await queue.waitUntilReady();
  return ({ id, topic, key, headers, body }) =>
    queue.add(topic, { key, headers, body: body.toString() }, { jobId: id });
});
