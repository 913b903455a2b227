// How heavy the email is, and how long.

import { by, counted, make } from "./dom.js";
import { on, state } from "./state.js";

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(bytes < 10000 ? 1 : 0)} KB`;

function draw() {
  const weight = state.issue?.weight;
  if (!weight) return by("size").replaceChildren(make("p", { class: "quiet" }, "There is no email yet."));
  const share = weight.html / weight.limit;
  const open = by("size").querySelector("details")?.open ?? false;
  const most = Math.max(...weight.parts.map((part) => part.bytes_));
  const near = state.issue.problems.some((problem) => problem.code === "gmail-may-cut");
  const room = share > 1 ? "Gmail cuts it off: the footer is not shown."
    : near ? "Platforms lengthen links to count clicks: Gmail may cut it off then."
    : `Room for about ${weight.room === 1 ? "1 more entry" : `${weight.room.toLocaleString("en-GB")} more entries`}.`;
  by("size").replaceChildren(
    make("p", { class: "amount" }, make("strong", {}, kilobytes(weight.html)), ` of the ${kilobytes(weight.limit)} that Gmail shows`),
    make("meter", { min: 0, max: weight.limit, high: weight.limit * 0.9, low: weight.limit * 0.75, optimum: 0, value: Math.min(weight.html, weight.limit), "aria-label": "Weight of the email", title: `${Math.round(share * 100)} %` }),
    make("p", { class: share > 1 ? "over" : "" }, room),
    make("p", { class: "counts quiet" }, [counted(weight.entries, "entry"), counted(weight.links, "link"), counted(weight.words, "word"), `${weight.minutes}\u00a0min`].join(" · ")),
    make("details", { open }, make("summary", {}, "By section"), make("table", {}, make("thead", { class: "unseen" }, make("tr", {}, make("th", {}, "Section"), make("th", {}, "Share"), make("th", {}, "Size"))), make("tbody", {}, weight.parts.map((part) => {
      const bar = make("span", { class: "share" });
      bar.style.width = `${(part.bytes_ / most) * 100}%`;
      return make("tr", {}, make("th", { scope: "row" }, part.name), make("td", { "aria-hidden": "true" }, bar), make("td", {}, kilobytes(part.bytes_)));
    })))),
  );
}

on("issue", draw);
