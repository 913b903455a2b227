// The row of the issue in three inboxes, cut where each cuts: at the edge of its column. The columns
// are as wide as in a window of usual size.

import { by, counted, make } from "./dom.js";
import { on, set, settings, state } from "./state.js";

const PHONE = 480; // pixels; below that the rows are those of a telephone

function rows(inbox, day, phone) {
  const sender = make("span", { class: "sender" }, inbox.sender || inbox.address);
  const subject = make("span", { class: "subject" }, inbox.subject);
  const preheader = make("span", { class: "preheader" }, inbox.preheader);
  const date = make("span", { class: "date", "aria-hidden": "true" }, day);
  const face = make("span", { class: "face", "aria-hidden": "true" }, (inbox.sender || "?").slice(0, 1).toUpperCase());
  const copy = (element) => element.cloneNode(true);
  const gmail = phone
    ? make("div", { class: "row gmail phone" }, copy(face), make("div", { class: "lines" }, make("div", { class: "first" }, copy(sender), copy(date)), copy(subject), copy(preheader)))
    : make("div", { class: "row gmail" }, copy(sender), make("span", { class: "joined" }, copy(subject), inbox.preheader ? " — " : "", copy(preheader)), copy(date));
  const outlook = make("div", { class: `row outlook${phone ? " phone" : ""}` }, copy(face), make("div", { class: "lines" }, make("div", { class: "first" }, copy(sender), phone ? copy(date) : ""), make("div", { class: "first" }, copy(subject), phone ? "" : copy(date)), copy(preheader)));
  const apple = make("div", { class: `row apple${phone ? " phone" : ""}` }, make("div", { class: "lines" }, make("div", { class: "first" }, sender, date), subject, preheader));
  return [["Gmail", gmail], ["Outlook", outlook], ["Apple Mail", apple]];
}

function draw() {
  const issue = state.issue;
  const inbox = issue?.inbox;
  by("inbox").hidden = !inbox;
  if (!inbox) return;
  by("inbox-facts").textContent = `subject ${counted([...inbox.subject].length, "character")}, preheader ${[...inbox.preheader].length}`;
  by("inbox-rows").replaceChildren(...rows(inbox, "09:41", settings.width <= PHONE).map(([name, row]) =>
    make("figure", { class: row.className.split(" ")[1] }, make("figcaption", {}, name), row)));
}

by("inbox").open = settings.inbox;
by("inbox").addEventListener("toggle", () => set("inbox", by("inbox").open));
on("issue", draw);
on("setting", (key) => key === "width" && draw());
