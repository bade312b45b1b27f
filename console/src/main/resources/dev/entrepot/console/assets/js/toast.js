// Short messages in a corner. Good news leaves by itself, bad news stays until it is closed.
const stay = 6000;

/** The icon of a tone, from the page's own drawings. */
export function toneIcon(tone) {
  const found = document.getElementById("tones")?.content.querySelector(`[data-tone="${CSS.escape(tone)}"]`);
  return found ? found.cloneNode(true) : document.createElement("span");
}

export function toast(tone, text) {
  const message = document.createElement("div");
  message.className = `toast is-${tone}`;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button";
  close.setAttribute("aria-label", "Close");
  close.textContent = "×";
  close.addEventListener("click", () => message.remove());
  message.append(toneIcon(tone), words, close);
  document.getElementById("toasts")?.append(message);
  if (tone !== "bad" && tone !== "warn") {
    setTimeout(() => message.remove(), stay);
  }
  return message;
}
