// Charts, drawn from the table of numbers that stands below each of them.
const library = new URL("../vendor/chart.umd.min.js", import.meta.url);
const charts = new Map();
let loading = null;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.addEventListener("load", () => resolve(window.Chart));
    script.addEventListener("error", () => reject(new Error(`${library} could not be loaded`)));
    document.head.append(script);
  });
  return loading;
}

// A canvas needs plain colours: let the browser work out what a variable means here and now.
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const inks = { skipped: "skipped-line", pending: "pending-line" };
// Series are told apart by more than their colours: lines by dashes and points, bars by hatching.
const dashes = [[], [6, 4], [2, 3], [10, 4, 2, 4]];
const points = ["circle", "triangle", "rect", "rectRot"];
const hatched = { rejected: 1, skipped: -1 };

function hatching(ink, slope) {
  const size = 6;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.fillStyle = ink;
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = colour("sheet");
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, slope > 0 ? size : 0);
    pen.lineTo(shift + size, slope > 0 ? 0 : size);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

function numbers(figure) {
  const table = figure.querySelector("[data-chart-numbers] table");
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map((row) => row.cells[0].textContent),
    series: heads.map((head, i) => ({
      label: head.textContent,
      ink: head.dataset.ink,
      data: rows.map((row) => (row.cells[i + 1].dataset.value === "" ? null : Number(row.cells[i + 1].dataset.value))),
    })),
  };
}

/** A point that no line leads to must be seen by itself. */
const alone = (data, i) => data[i] !== null && (data[i - 1] ?? null) === null && (data[i + 1] ?? null) === null;

function dataset(series, kind, i) {
  const ink = colour(inks[series.ink] ?? series.ink);
  const slope = hatched[series.ink];
  const filling = kind !== "line" && slope ? hatching(ink, slope) : ink;
  const common = { label: series.label, data: series.data, backgroundColor: filling, borderColor: ink };
  return kind === "line"
    ? {
        ...common,
        borderWidth: 2,
        borderDash: dashes[i % dashes.length],
        pointStyle: points[i % points.length],
        clip: 6,
        pointRadius: series.data.map((_, at) => (series.data.length <= 14 || alone(series.data, at) ? 4 : 0)),
        pointHoverRadius: 5,
        pointHitRadius: 12,
      }
    : { ...common, borderWidth: 0, borderRadius: 1, maxBarThickness: 36, categoryPercentage: 0.75, barPercentage: 0.95 };
}

// Of times of day, the round ones are named; of anything else, as many as there is room for.
const time = /^\d\d:(\d\d)$/;

function named(value) {
  const label = this.getLabelForValue(value);
  const minute = time.exec(label);
  return Number(minute?.[1] ?? 0) % 10 === 0 ? label : null;
}

/** Beside a line's name stands the line itself. */
function lineNames(chart) {
  return window.Chart.defaults.plugins.legend.labels
    .generateLabels(chart)
    .map((item, i) => ({ ...item, pointStyle: "line", lineWidth: 2, lineDash: dashes[i % dashes.length], fontColor: colour("ink") }));
}

function options(kind, unit, several, times) {
  const soft = colour("ink-soft");
  const rule = colour("rule");
  const lying = kind === "rank";
  const share = unit === "%";
  const figures = {
    // Shares near the whole are looked at closely; everything else begins at nothing.
    beginAtZero: !(kind === "line" && share),
    grace: kind === "line" && !share ? "5%" : 0,
    max: kind === "line" && share ? 100 : undefined,
    suggestedMin: kind === "line" && share ? 80 : undefined,
    suggestedMax: share ? undefined : 4,
    stacked: kind === "stack",
    border: { display: false },
    grid: { color: rule, drawTicks: false },
    ticks: {
      color: soft,
      padding: 8,
      maxTicksLimit: 6,
      precision: 0,
      callback: (value) => `${value.toLocaleString("en")}${unit ? ` ${unit}` : ""}`,
    },
  };
  const names = {
    stacked: kind === "stack",
    border: { color: colour("rule-strong") },
    grid: { display: false },
    offset: true,
    ticks: {
      color: lying ? colour("ink") : soft,
      autoSkip: !lying && !times,
      maxRotation: 0,
      autoSkipPadding: 16,
      padding: 6,
      ...(times ? { callback: named } : {}),
    },
  };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    indexAxis: lying ? "y" : "x",
    interaction: { mode: "index", axis: lying ? "y" : "x", intersect: false },
    scales: lying ? { x: figures, y: names } : { x: names, y: figures },
    plugins: {
      legend: {
        display: several,
        align: "start",
        labels: {
          color: colour("ink"),
          boxWidth: 12,
          boxHeight: 12,
          padding: 16,
          ...(kind === "line" ? { usePointStyle: true, pointStyleWidth: 28, generateLabels: lineNames } : {}),
        },
      },
      tooltip: {
        backgroundColor: colour("ink"),
        titleColor: colour("paper"),
        bodyColor: colour("paper"),
        cornerRadius: 4,
        padding: 10,
        boxPadding: 4,
        callbacks: {
          label: (item) => ` ${item.dataset.label}: ${item.formattedValue}${unit ? ` ${unit}` : ""}`,
        },
      },
    },
  };
}

function draw(Chart, figure) {
  charts.get(figure)?.destroy();
  const place = figure.querySelector("[data-chart-place]");
  const kind = figure.dataset.chart;
  const { labels, series } = numbers(figure);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent}. The numbers are in the table below.`);
  place.replaceChildren(canvas);
  place.hidden = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  charts.set(
    figure,
    new Chart(canvas, {
      type: kind === "line" ? "line" : "bar",
      data: { labels, datasets: series.map((one, i) => dataset(one, kind, i)) },
      options: options(kind, figure.dataset.chartUnit, series.length > 1, labels.length > 20 && labels.every((label) => time.test(label))),
    }),
  );
}

export async function drawCharts(root) {
  const figures = [...root.querySelectorAll("[data-chart]")].filter((figure) => !charts.has(figure));
  if (figures.length === 0) {
    return;
  }
  try {
    const Chart = await load();
    for (const figure of figures) {
      figure.querySelector("[data-chart-numbers]").open = false;
      draw(Chart, figure);
    }
  } catch (error) {
    console.warn("Charts stay tables.", error);
  }
}

document.addEventListener("themechange", async () => {
  if (charts.size === 0) {
    return;
  }
  const Chart = await load();
  for (const figure of [...charts.keys()]) {
    if (figure.isConnected) {
      draw(Chart, figure);
    } else {
      charts.get(figure).destroy();
      charts.delete(figure);
    }
  }
});
