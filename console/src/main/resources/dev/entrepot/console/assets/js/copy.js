// A button with data-copy="ID" puts the text of that element on the clipboard. Shown only where that works.
import { toast } from "./toast.js";

async function copy(button) {
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    toast("good", "Copied.");
  } catch {
    toast("bad", "The browser does not allow copying. Select the text and copy it yourself.");
  }
}

export function showCopying(root) {
  for (const button of root.querySelectorAll("[data-copy][hidden]")) {
    if (navigator.clipboard) {
      button.hidden = false;
      button.addEventListener("click", () => copy(button));
    }
  }
}
