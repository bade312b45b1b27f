// Numbers for people, written as the server writes them.
const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const shares = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value) => counts.format(value);

export const share = (value) => `${shares.format(value * 100)} %`;

export function bytes(value) {
  if (value < 1000) {
    return `${value} B`;
  }
  const units = ["kB", "MB", "GB", "TB"];
  let unit = -1;
  let scaled = value;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${shares.format(scaled)} ${units[unit]}`;
}

export function seconds(value) {
  if (value < 60) {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  }
  const minutes = Math.floor(value / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(value % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const formats = { count, share, bytes, seconds, text: String };

/** A value as a text; numbers are counts unless another format is named. */
export function written(value, format) {
  if (value === null || value === undefined) {
    return "–";
  }
  return typeof value === "number" ? (formats[format] ?? count)(value) : String(value);
}
