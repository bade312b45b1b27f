// Progress while it happens. data-live="URL" names a stream of server-sent events; inside that element
//   data-live-text="FIELD"     shows a field of the message (data-live-format: count, share, bytes, seconds, text),
//   data-live-value="FIELD"    is a progress bar or meter set to a field (data-live-max: the field that is the whole),
//   data-live-books="true"     is a books bar drawn from the field `books`,
//   data-live-announce         is read out: the field `announcement`, at most every five seconds,
//   data-live-connection       says when the connection is lost,
//   data-live-state="STATE"    is a template with the badge that the page's head has while the field `state` is that.
// Events: `progress` (or unnamed) with a JSON object; `done` likewise, after which the page is loaded again, or `page` of
// the message is opened.
import { count, written } from "./format.js";

const quiet = 5000;
const firstWait = 1000;
const longestWait = 30_000;
const started = new WeakSet();

const field = (message, path) => path.split(".").reduce((value, name) => value?.[name], message);

export function drawBooks(element, books) {
  const parts = ["written", "unchanged", "rejected", "skipped", "pending"];
  const sum = parts.reduce((total, name) => total + books[name], 0);
  const whole = Math.max(1, books.received, sum);
  let start = 0;
  for (const name of parts) {
    const width = (100 * books[name]) / whole;
    const rect = element.querySelector(`[data-books-rect="${name}"]`);
    rect.setAttribute("x", `${start}%`);
    rect.setAttribute("width", `${width}%`);
    start += width;
  }
  for (const place of element.querySelectorAll("[data-books-count]")) {
    const value = books[place.dataset.booksCount];
    place.textContent = count(value);
    place.closest(".books-part").classList.toggle("is-nil", value === 0);
  }
  const balanced = sum === books.received;
  const verdict = element.querySelector("[data-books-verdict]");
  verdict?.classList.toggle("is-balanced", balanced);
  verdict?.classList.toggle("is-off", !balanced);
  const words = balanced
    ? "Balanced"
    : `Not balanced: ${count(Math.abs(books.received - sum))} ${books.received > sum ? "unaccounted for" : "too many"}`;
  const place = element.querySelector("[data-books-words]");
  if (place) {
    place.textContent = words;
  }
  const told = parts.map((name) => `${count(books[name])} ${name}`).join(", ");
  element.querySelector("[data-books-bar]")?.classList.toggle("is-off", !balanced);
  element.querySelector("[data-books-bar]")?.setAttribute("aria-label", `${count(books.received)} received: ${told}. ${words}.`);
}

class Live {
  #element;
  #source = null;
  #wait = firstWait;
  #spoken = -quiet;

  constructor(element) {
    this.#element = element;
    this.#open();
    addEventListener("pagehide", () => this.#source?.close());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
  }

  #open() {
    const source = new EventSource(this.#element.dataset.live);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#wait = firstWait;
      this.#connection("");
    });
    source.addEventListener("message", (event) => this.#show(JSON.parse(event.data), false));
    source.addEventListener("progress", (event) => this.#show(JSON.parse(event.data), false));
    source.addEventListener("done", (event) => this.#done(JSON.parse(event.data)));
    source.addEventListener("error", () => this.#lost(source));
  }

  // The browser connects again by itself unless the server refused; then this does, more slowly each time.
  #lost(source) {
    this.#connection("Connection lost. Trying again…");
    if (source.readyState === EventSource.CLOSED && this.#element.isConnected) {
      setTimeout(() => this.#element.isConnected && this.#open(), this.#wait);
      this.#wait = Math.min(longestWait, this.#wait * 2);
    }
  }

  #connection(text) {
    for (const place of this.#element.querySelectorAll("[data-live-connection]")) {
      place.textContent = text;
    }
  }

  #show(message, last) {
    if (!this.#element.isConnected) {
      this.#source.close();
      return;
    }
    for (const place of this.#element.querySelectorAll("[data-live-text]")) {
      const value = field(message, place.dataset.liveText);
      if (value !== undefined) {
        place.textContent = written(value, place.dataset.liveFormat);
      }
    }
    for (const bar of this.#element.querySelectorAll("[data-live-value]")) {
      const value = field(message, bar.dataset.liveValue);
      if (value !== undefined) {
        const whole = bar.dataset.liveMax ? field(message, bar.dataset.liveMax) : undefined;
        bar.max = whole === undefined ? bar.max : Math.max(1, whole ?? 1, value);
        bar.value = value;
      }
    }
    this.#state(message.state);
    if (message.books) {
      this.#element.querySelectorAll('[data-live-books="true"]').forEach((books) => drawBooks(books, message.books));
    }
    this.#announce(message.announcement, last);
  }

  // The page's head says what state it was in when the page came.
  #state(name) {
    const fresh = [...this.#element.querySelectorAll("template[data-live-state]")].find((one) => one.dataset.liveState === name);
    const badge = document.querySelector("#page-head .badge");
    if (fresh && badge && badge.textContent.trim() !== fresh.content.textContent.trim()) {
      badge.replaceWith(fresh.content.cloneNode(true));
    }
  }

  #announce(text, now) {
    if (text && (now || performance.now() - this.#spoken > quiet)) {
      this.#spoken = performance.now();
      this.#element.querySelectorAll("[data-live-announce]").forEach((place) => (place.textContent = text));
    }
  }

  #done(message) {
    this.#source.close();
    this.#show(message, true);
    if (message.page) {
      location.assign(message.page);
    } else {
      location.reload();
    }
  }
}

export function startLive(root) {
  for (const element of root.querySelectorAll("[data-live]")) {
    if (!started.has(element)) {
      started.add(element);
      new Live(element);
    }
  }
}
