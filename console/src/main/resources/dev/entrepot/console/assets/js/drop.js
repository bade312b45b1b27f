// A file dropped on the zone, or chosen in it, is sent as the raw body with its progress shown; then its page opens.
//
// <form data-drop data-drop-page="/uploads/{id}" data-drop-limit="10000000"
//   data-drop-error-file-limit="40000000" action="/api/v1/uploads">
// The file's name and the form's other fields go as query parameters. The answer is JSON with `id`, or a problem.
import { bytes, seconds, share } from "./format.js";
import { csrf, pageOf, reason } from "./page.js";

const started = new WeakSet();
const reserved = new Set(["_csrf", "file"]);

function address(form, file) {
  const url = new URL(form.action, location.href);
  url.searchParams.set("filename", file.name);
  for (const [name, value] of new FormData(form)) {
    if (!reserved.has(name) && typeof value === "string") {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

class Drop {
  #form;
  #request = null;

  constructor(form) {
    this.#form = form;
    form.classList.add("is-ready");
    this.#part("file").addEventListener("change", (event) => this.#take(event.target.files));
    this.#part("cancel").addEventListener("click", () => this.#request?.abort());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take(this.#part("file").files);
    });
    this.#listen(form);
  }

  #part(name) {
    return name === "file" ? this.#form.querySelector('[type="file"]') : this.#form.querySelector(`[data-drop-${name}]`);
  }

  #listen(form) {
    let depth = 0;
    const over = (change) => (event) => {
      event.preventDefault();
      depth = Math.max(0, depth + change);
      form.classList.toggle("is-over", depth > 0);
    };
    form.addEventListener("dragenter", over(1));
    form.addEventListener("dragleave", over(-1));
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      form.classList.remove("is-over");
      this.#take(event.dataTransfer.files);
    });
  }

  #take(files) {
    if (this.#request || files.length === 0) {
      return;
    }
    const file = files[0];
    const limit = Number(this.#form.dataset.dropLimit);
    // The server tells error files, which may be larger, from others.
    const most = Number(this.#form.dataset.dropErrorFileLimit);
    const missing = [...this.#form.elements].find((field) => field.type !== "file" && !field.checkValidity());
    if (files.length > 1) {
      this.#fail(`${files.length} files were dropped; send them one at a time.`);
    } else if (missing) {
      this.#clear();
      missing.reportValidity();
    } else if (limit > 0 && file.size > most) {
      this.#fail(`${file.name} has ${bytes(file.size)}, the limit is ${bytes(limit)}. Split it, or ask the operator.`);
    } else if (file.size === 0) {
      this.#fail(`${file.name} is empty. Choose another file.`);
    } else {
      this.#send(file);
    }
  }

  #send(file) {
    const request = new XMLHttpRequest();
    const begun = performance.now();
    this.#request = request;
    this.#part("error").hidden = true;
    this.#part("name").textContent = file.name;
    this.#show(0, file.size, begun);
    this.#part("progress").hidden = false;
    this.#form.classList.add("is-sending");
    this.#form.setAttribute("aria-busy", "true");
    request.upload.addEventListener("progress", (event) => this.#show(event.loaded, file.size, begun));
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.#fail(reason(0, "")));
    request.addEventListener("abort", () => this.#fail("Cancelled. Nothing was taken in."));
    request.open("POST", address(this.#form, file));
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.send(file);
  }

  #show(sent, size, begun) {
    const took = (performance.now() - begun) / 1000;
    const left = sent > 0 ? ((size - sent) * took) / sent : 0;
    this.#part("bar").value = (100 * sent) / size;
    this.#part("figures").textContent =
      sent < size
        ? `${bytes(sent)} of ${bytes(size)} (${share(sent / size)})${took > 1 && sent > 0 ? `, ${seconds(left)} left` : ""}`
        : `${bytes(size)} sent, waiting for the answer`;
  }

  #answered(request) {
    if (request.status < 200 || request.status > 299) {
      this.#fail(reason(request.status, request.responseText));
      return;
    }
    try {
      const { id } = JSON.parse(request.responseText);
      location.assign(pageOf(this.#form.dataset.dropPage, id));
    } catch {
      this.#fail("The file was sent, but the answer could not be read. Look for it in the list of uploads.");
    }
  }

  #clear() {
    this.#request = null;
    this.#form.classList.remove("is-sending");
    this.#form.removeAttribute("aria-busy");
    this.#part("progress").hidden = true;
    this.#part("file").value = "";
  }

  #fail(text) {
    this.#clear();
    this.#part("error").textContent = text;
    this.#part("error").hidden = false;
  }
}

export function startDrops(root) {
  for (const form of root.querySelectorAll("form[data-drop]")) {
    if (!started.has(form)) {
      started.add(form);
      new Drop(form);
    }
  }
}
