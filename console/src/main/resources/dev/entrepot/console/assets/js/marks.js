// Forms that are marked in place: data-marked. The answer to one is the page as it would be loaded anew; from it are taken the marks and help
// of fields and what the places with data-fresh hold, found by their ids. What was typed stays as it is, secrets too: nothing of it comes back.
const refused = new Set([409, 422]);

function part(field, name, fresh) {
  const present = field.querySelector(`:scope > .${name}`);
  const wanted = fresh.querySelector(`:scope > .${name}`);
  if (!wanted) {
    present?.remove();
  } else if (present) {
    present.replaceWith(document.importNode(wanted, true));
  } else {
    field.append(document.importNode(wanted, true));
  }
}

function mark(field, page) {
  const control = field.querySelector("input, select, textarea");
  const fresh = control && page.getElementById(control.id);
  if (!fresh) {
    return;
  }
  const place = fresh.closest(".field");
  field.classList.toggle("is-wrong", place.classList.contains("is-wrong"));
  // What a page says that has lost a secret does not hold here.
  if (control.type !== "password") {
    part(field, "help", place);
  }
  part(field, "error", place);
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (fresh.hasAttribute(name)) {
      control.setAttribute(name, fresh.getAttribute(name));
    } else {
      control.removeAttribute(name);
    }
  }
}

/** Shows the first field to mend, wherever it is folded away, and puts the cursor there. */
export function showWrong(root) {
  const field = root.querySelector("form.stack [aria-invalid=true]");
  const wrong = field ?? root.querySelector("form.stack > .notice.is-bad, form.stack[data-marked] [data-fresh] > .notice.is-bad");
  if (!wrong) {
    return;
  }
  for (let folded = wrong.closest("details"); folded; folded = folded.parentElement.closest("details")) {
    folded.open = true;
  }
  if (!field) {
    wrong.tabIndex = -1;
  }
  wrong.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: "center" });
}

function answered(event) {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig?.elt?.closest("form[data-marked]");
  if (!form || !(refused.has(xhr.status) || xhr.status === 200)) {
    return;
  }
  const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  if (!page.getElementById(form.id)) {
    return;
  }
  form.querySelectorAll(".field").forEach((field) => mark(field, page));
  for (const place of form.querySelectorAll("[data-fresh]")) {
    const fresh = page.getElementById(place.id);
    place.replaceChildren(...[...(fresh?.childNodes ?? [])].map((node) => document.importNode(node, true)));
  }
  form.querySelectorAll("details:has(.is-wrong)").forEach((folded) => (folded.open = true));
  if (refused.has(xhr.status)) {
    event.detail.isError = false;
    showWrong(document);
  }
}

export function startMarks() {
  document.addEventListener("htmx:beforeSwap", answered);
}
