// Starts every module of the console on the page, and again on whatever htmx puts into it later.
import { drawCharts } from "./charts.js";
import { showCopying } from "./copy.js";
import { startDialogs } from "./dialog.js";
import { startDrops } from "./drop.js";
import { showChosen, startForms } from "./forms.js";
import { startGrids } from "./grid.js";
import { startLive } from "./live.js";
import { startMarks } from "./marks.js";
import { csrf } from "./page.js";
import { startRenewal } from "./renewal.js";
import { showTabs } from "./tabs.js";
import { startTheme } from "./theme.js";
import { showTimes } from "./times.js";
import { toast } from "./toast.js";

function upgrade(root) {
  showTimes(root);
  startDrops(root);
  startLive(root);
  startGrids(root);
  drawCharts(root);
  showChosen(root);
  showCopying(root);
  showTabs(root);
}

startTheme();
startDialogs();
startForms();
startMarks();
startRenewal();
upgrade(document);
const wait = document.getElementById("wait");
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = csrf();
});
// What renews itself does so quietly, and tries again by itself.
const quiet = (event) => event.detail.elt?.dataset.renewed !== undefined;
document.addEventListener("htmx:beforeRequest", (event) => quiet(event) || wait?.classList.add("is-on"));
document.addEventListener("htmx:afterRequest", () => wait?.classList.remove("is-on"));
document.addEventListener("htmx:afterSettle", (event) => upgrade(event.detail.elt));
document.addEventListener("htmx:responseError", (event) =>
  quiet(event) || toast("bad", `That did not work (${event.detail.xhr.status}). Nothing was changed; try again.`),
);
document.addEventListener("htmx:sendError", (event) =>
  quiet(event) || toast("bad", "The server cannot be reached. Nothing was changed; try again in a moment."),
);
// The server shows a message with the header HX-Trigger: {"toast": {"tone": "good", "text": "…"}}.
document.addEventListener("toast", (event) => toast(event.detail.tone, event.detail.text));
