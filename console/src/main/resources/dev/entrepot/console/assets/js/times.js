// Moments in the reader's own time zone. Without scripts they stand there in UTC.
const full = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const short = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const steps = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [7 * 86400, "day", 86400],
];
const refresh = 30_000;

function ago(moment) {
  const distance = (moment.getTime() - Date.now()) / 1000;
  for (const [limit, unit, length] of steps) {
    if (Math.abs(distance) < limit) {
      return unit === "second" && Math.abs(distance) < 5 ? "just now" : relative.format(Math.round(distance / length), unit);
    }
  }
  return short.format(moment);
}

function show(element) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) {
    return;
  }
  element.textContent = element.dataset.time === "ago" ? ago(moment) : short.format(moment);
  element.title = `${full.format(moment)} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`;
}

export function showTimes(root) {
  root.querySelectorAll("time[data-time]").forEach(show);
}

setInterval(() => document.querySelectorAll('time[data-time="ago"]').forEach(show), refresh);
