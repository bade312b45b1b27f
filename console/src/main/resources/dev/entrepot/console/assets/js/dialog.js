// Dialogs: data-dialog-open="ID" opens one, data-dialog-close closes it, and a form or a button with data-confirm="QUESTION"
// asks before the form is sent.
function ask(question, yes, no, danger) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-confirm-question]").textContent = question;
  dialog.querySelector("[data-confirm-no]").textContent = no ?? "Cancel";
  const button = dialog.querySelector("[data-confirm-yes]");
  button.textContent = yes ?? "Go on";
  // Red is for what cannot be undone.
  button.classList.toggle("is-danger", danger);
  button.classList.toggle("is-primary", !danger);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-dialog-open]");
    if (open) {
      document.getElementById(open.dataset.dialogOpen)?.showModal();
    }
    if (event.target.closest("[data-dialog-close]") || event.target.matches("dialog[open]")) {
      event.target.closest("dialog")?.close();
    }
  });
  const confirmed = new WeakSet();
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const submitter = event.submitter;
      const asking = submitter?.dataset.confirm ? submitter : form;
      if (!asking.dataset.confirm || confirmed.delete(form)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const danger = (submitter ?? form.querySelector("[type=submit]"))?.classList.contains("is-danger") ?? false;
      if (await ask(asking.dataset.confirm, asking.dataset.confirmLabel, asking.dataset.confirmKeep, danger)) {
        confirmed.add(form);
        form.requestSubmit(submitter);
      }
    },
    true,
  );
}
