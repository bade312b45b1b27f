-- wrk's script: Shopify deliveries of about 4 KB, signed, each with an id of its own and a later
-- state than the one before of the same order. See Deliveries.java for the file.
local SIGNATURE = 44
local thread_number = 0

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

-- Arguments: the file, what makes ids others than those of all other runs, the first state to send.
function init(args)
  local lines = io.lines(args[1])
  times = {}
  for state = 1, tonumber(lines()) do
    times[state] = lines()
  end
  orders = {}
  for line in lines do
    local shop, beginning, ending, signatures = line:match("^(%S+)\t(.*)\t(.*)\t(%S+)$")
    orders[#orders + 1] = { shop = shop, beginning = beginning, ending = ending, signatures = signatures }
  end
  run = args[2]
  first = tonumber(args[3])
  sent = 0
end

function request()
  local one = orders[sent % #orders + 1]
  local state = first + math.floor(sent / #orders)
  sent = sent + 1
  local id = string.format("%s-%d-%d", run, number, sent)
  return wrk.format("POST", "/hooks/bench", {
    ["Content-Type"] = "application/json",
    ["X-Shopify-Topic"] = "orders/updated",
    ["X-Shopify-Shop-Domain"] = one.shop,
    ["X-Shopify-Hmac-Sha256"] = one.signatures:sub(state * SIGNATURE + 1, (state + 1) * SIGNATURE),
    ["X-Shopify-API-Version"] = "2026-10",
    ["X-Shopify-Webhook-Id"] = id,
    ["X-Shopify-Event-Id"] = id,
    ["X-Shopify-Triggered-At"] = "2026-11-21T10:00:00.000Z",
  }, one.beginning .. times[state + 1] .. one.ending)
end

function done(summary, latency, requests)
  io.write(string.format(
    'RESULT {"requests": %d, "microseconds": %d, "refused": %d, "failed": %d, "p50": %d, "p99": %d, "p999": %d, "max": %d}\n',
    summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
