// Small things about forms: no second submission while the first is under way, the field to correct, choosing all rows, filling in a demo account,
// going on with work that takes several requests.
import { showWrong } from "./marks.js";

const patience = 4000;

function once(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") {
    return;
  }
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  form.ariaBusy = "true";
  // A form whose answer is a file, or whose page comes back from the browser's memory, can be sent again.
  const again = () => (form.ariaBusy = null);
  setTimeout(again, patience);
  addEventListener("pageshow", again, { once: true });
  addEventListener("htmx:afterRequest", again, { once: true });
}

function chosen(form) {
  const boxes = [...form.querySelectorAll("[data-choice]")];
  const count = boxes.filter((box) => box.checked).length;
  form.querySelectorAll("[data-chosen-count]").forEach((place) => (place.textContent = String(count)));
  form.querySelectorAll("[data-chosen-needed]").forEach((button) => (button.disabled = count === 0));
  const all = form.querySelector("[data-choose-all]");
  if (all) {
    all.checked = count === boxes.length && count > 0;
    all.indeterminate = count > 0 && count < boxes.length;
  }
}

/** What is chosen already, for example after the browser went back. */
export function showChosen(root) {
  root.querySelectorAll("form:has([data-choice])").forEach(chosen);
}

export function startForms() {
  showWrong(document);
  document.addEventListener("submit", once);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (!form) {
      return;
    }
    if (event.target.matches("[data-choose-all]")) {
      form.querySelectorAll("[data-choice]").forEach((box) => (box.checked = event.target.checked));
    }
    if (event.target.matches("[data-choice], [data-choose-all]")) {
      chosen(form);
    }
    if (event.target.matches("[data-submit-on-change]")) {
      form.requestSubmit();
    }
  });
  document.addEventListener("click", (event) => {
    const account = event.target.closest("[data-fill-email]");
    if (account) {
      document.getElementById("email").value = account.dataset.fillEmail;
      document.getElementById("password").value = account.dataset.fillPassword;
      document.querySelector('form [type="submit"]').focus();
    }
  });
  document.querySelector("[data-going-on] form")?.requestSubmit();
}
