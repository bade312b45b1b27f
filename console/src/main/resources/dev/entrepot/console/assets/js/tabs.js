// Tabs that do not all fit: the current one is seen, and it shows on which side there are more.
const seen = new WeakSet();

function told(bar) {
  const rest = bar.scrollWidth - bar.clientWidth;
  bar.classList.toggle("has-before", bar.scrollLeft > 4);
  bar.classList.toggle("has-behind", rest - bar.scrollLeft > 4);
}

const sizes = new ResizeObserver((changes) => changes.forEach((change) => told(change.target)));

export function showTabs(root) {
  const bars = root.matches?.(".tabs") ? [root] : root.querySelectorAll(".tabs");
  for (const bar of bars) {
    if (seen.has(bar)) {
      continue;
    }
    seen.add(bar);
    const current = bar.querySelector("[aria-current]");
    if (current) {
      const place = current.getBoundingClientRect();
      bar.scrollLeft += place.left - bar.getBoundingClientRect().left - (bar.clientWidth - place.width) / 2;
    }
    bar.addEventListener("scroll", () => told(bar), { passive: true });
    sizes.observe(bar);
    told(bar);
  }
}
