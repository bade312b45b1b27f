-- wrk's script: Shopify deliveries of about 4 KB, signed, each with an id of its own. Bodies and
-- signatures are read from a file of lines "signature<TAB>shop<TAB>body".
local bodies = {}
local thread_number = 0

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

function init(args)
  for line in io.lines(args[1]) do
    local signature, shop, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    bodies[#bodies + 1] = { signature = signature, shop = shop, body = body }
  end
  run = args[2]
  sent = 0
end

function request()
  sent = sent + 1
  local one = bodies[sent % #bodies + 1]
  local id = string.format("%s-%d-%d", run, number, sent)
  return wrk.format("POST", "/hooks/bench", {
    ["Content-Type"] = "application/json",
    ["X-Shopify-Topic"] = "orders/updated",
    ["X-Shopify-Shop-Domain"] = one.shop,
    ["X-Shopify-Hmac-Sha256"] = one.signature,
    ["X-Shopify-API-Version"] = "2026-10",
    ["X-Shopify-Webhook-Id"] = id,
    ["X-Shopify-Event-Id"] = id,
    ["X-Shopify-Triggered-At"] = "2026-11-21T10:00:00.000Z",
  }, one.body)
end

function done(summary, latency, requests)
  io.write(string.format(
    'RESULT {"requests": %d, "microseconds": %d, "refused": %d, "failed": %d, "p50": %d, "p99": %d, "p999": %d, "max": %d}\n',
    summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
