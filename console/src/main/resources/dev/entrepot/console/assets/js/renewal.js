// Parts that renew themselves bring the page's head and tabs along. These are changed only when they differ, and not while somebody decides
// in a dialog that was opened from there; the keyboard's place stays where it was.
function kept(event) {
  const { target, fragment } = event.detail;
  if (!target.matches("#page-head, #page-tabs")) {
    return;
  }
  const fresh = fragment.firstElementChild;
  if (document.querySelector("dialog[open]") || fresh?.innerHTML === target.innerHTML) {
    event.detail.shouldSwap = false;
    return;
  }
  const focused = document.activeElement;
  if (target.contains(focused)) {
    const label = focused.textContent.trim();
    const same = [...fresh.querySelectorAll("a, button")].find((one) => one.textContent.trim() === label);
    requestAnimationFrame(() => (same ?? document.getElementById("main")).focus({ preventScroll: true }));
  }
}

export function startRenewal() {
  document.addEventListener("htmx:oobBeforeSwap", kept);
}
