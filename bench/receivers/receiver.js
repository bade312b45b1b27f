// What both receivers share: Express with the raw body, Shopify's signature, one route, and as many
// processes as PROCESSES says. An event is answered with 200 once `keep` has it on disk.
import cluster from 'node:cluster';
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

function genuine(body, signature) {
  const expected = createHmac('sha256', process.env.SECRET).update(body).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function serve(open) {
  const keep = await open();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.post('/hooks/bench', express.raw({ type: '*/*', limit: '10mb' }), async (req, res) => {
    if (!genuine(req.body, req.get('X-Shopify-Hmac-Sha256'))) {
      res.status(401).end();
      return;
    }
    try {
      await keep({
        id: req.get('X-Shopify-Event-Id'),
        topic: req.get('X-Shopify-Topic'),
        key: `${req.get('X-Shopify-Shop-Domain')}/${JSON.parse(req.body).id}`,
        headers: req.headers,
        body: req.body,
      });
      res.status(200).end();
    } catch (e) {
      console.error(e);
      res.status(503).end();
    }
  });
  app.listen(Number(process.env.PORT), '127.0.0.1');
}

// Runs `prepare` once, then `open` in each process; `open` gives the function that keeps an event.
export async function receiver(prepare, open) {
  const processes = Number(process.env.PROCESSES ?? 1);
  if (processes > 1 && cluster.isPrimary) {
    await prepare();
    for (let i = 0; i < processes; i++) cluster.fork();
    process.on('SIGTERM', () => process.exit(0));
  } else {
    if (cluster.isPrimary) await prepare();
    await serve(open);
  }
}
