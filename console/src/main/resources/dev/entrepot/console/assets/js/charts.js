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

const inks = { rejected: "rejected", skipped: "skipped-line", pending: "pending-line" };

function numbers(figure) {
  const table = figure.querySelector("[data-chart-numbers] table");
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows];
  return {
    labels: rows.map((row) => row.cells[0].textContent),
    series: heads.map((head, i) => ({
      label: head.textContent,
      ink: head.dataset.ink,
      data: rows.map((row) => Number(row.cells[i + 1].dataset.value)),
    })),
  };
}

function dataset(series, kind) {
  const ink = colour(inks[series.ink] ?? series.ink);
  const common = { label: series.label, data: series.data, backgroundColor: ink, borderColor: ink };
  return kind === "line"
    ? { ...common, borderWidth: 2, clip: 6, pointRadius: series.data.length > 14 ? 0 : 4, pointHoverRadius: 5, pointHitRadius: 12 }
    : { ...common, borderWidth: 0, borderRadius: 1, maxBarThickness: 36, categoryPercentage: 0.75, barPercentage: 0.95 };
}

function options(kind, unit, several) {
  const soft = colour("ink-soft");
  const rule = colour("rule");
  const lying = kind === "rank";
  const figures = {
    beginAtZero: kind !== "line",
    grace: kind === "line" ? "10%" : 0,
    max: kind === "line" && unit === "%" ? 100 : undefined,
    suggestedMin: kind === "line" && unit === "%" ? 80 : undefined,
    stacked: kind === "stack",
    border: { display: false },
    grid: { color: rule, drawTicks: false },
    ticks: { color: soft, padding: 8, maxTicksLimit: 6, precision: 0 },
  };
  const names = {
    stacked: kind === "stack",
    border: { color: colour("rule-strong") },
    grid: { display: false },
    offset: true,
    ticks: { color: lying ? colour("ink") : soft, autoSkip: !lying, maxRotation: 0, autoSkipPadding: 16, padding: 6 },
  };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    indexAxis: lying ? "y" : "x",
    interaction: { mode: "index", axis: lying ? "y" : "x", intersect: false },
    scales: lying ? { x: figures, y: names } : { x: names, y: figures },
    plugins: {
      legend: { display: several, align: "start", labels: { color: colour("ink"), boxWidth: 10, boxHeight: 10, padding: 16 } },
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
      data: { labels, datasets: series.map((one) => dataset(one, kind)) },
      options: options(kind, figure.dataset.chartUnit, series.length > 1),
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
