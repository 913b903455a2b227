// The list of issues.

import { by, counted, icon, make } from "./dom.js";
import { on, set, settings, state, wanted } from "./state.js";

const LEVELS = ["error", "warning", "note"];

function chip(problems) {
  if (!problems) return make("span", { class: "chip waiting" }, make("span", { class: "unseen" }, "not looked at yet"), "…");
  const level = LEVELS.findIndex((_, index) => problems[index]);
  if (level < 0) return make("span", { class: "chip none" }, icon("done"), make("span", { class: "unseen" }, "nothing found"));
  const words = LEVELS.map((name, index) => problems[index] && counted(problems[index], name)).filter(Boolean).join(", ");
  return make("span", { class: `chip ${LEVELS[level]}`, title: words }, String(problems.slice(0, 2).reduce((a, b) => a + b, 0) || problems[2]), make("span", { class: "unseen" }, ` (${words})`));
}

const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function matches(issue, wanted) {
  const words = plain(`${issue.title} ${issue.day} ${issue.date} ${issue.name}`);
  return plain(wanted).split(/\s+/).every((word) => words.includes(word));
}

function draw() {
  const issues = state.newsletter?.issues ?? [];
  const wanted = by("search").value.trim();
  const found = issues.filter((issue) => matches(issue, wanted));
  const focused = document.activeElement?.closest?.("#list a")?.dataset.name;
  by("list").replaceChildren(...found.map((issue) =>
    make("li", {}, make("a", {
      href: `#${encodeURIComponent(issue.name)}`, "data-name": issue.name,
      "aria-current": issue.name === state.name ? "page" : null,
    }, make("span", { class: "issue-title" }, issue.title), make("span", { class: "issue-day" }, issue.day || "no date yet"), chip(issue.problems)))));
  if (focused) [...by("list").querySelectorAll("a")].find((link) => link.dataset.name === focused)?.focus();
  by("list-empty").hidden = found.length > 0;
  by("list-empty").textContent = issues.length
    ? `No issue has “${wanted}” in its title, date or file name.`
    : "There are no issues here. Begin one in the terminal: newsletter new 2024-05";
}

/** Opens the next issue of the list, or the one before. */
export function step(by_) {
  const names = [...by("list").querySelectorAll("a")].map((link) => link.dataset.name);
  const at = names.indexOf(wanted() || state.name) + by_;
  if (names[at]) location.hash = encodeURIComponent(names[at]);
}

const narrow = matchMedia("(max-width: 899px)");
let opened = false; // on a narrow page, the list lies over the rest

function drawToggle() {
  const shown = narrow.matches ? opened : settings.list;
  document.body.classList.toggle("with-list", shown);
  by("list-toggle").setAttribute("aria-expanded", String(shown));
  by("issues").inert = !shown;
}

export function toggle(open) {
  if (narrow.matches) opened = open ?? !opened;
  else set("list", open ?? !settings.list);
  drawToggle();
}

by("list-toggle").addEventListener("click", () => toggle());
by("search").addEventListener("input", draw);
by("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") by("list").querySelector("a")?.click();
  if (event.key === "Escape") {
    by("search").value = "";
    draw();
  }
});
by("list").addEventListener("click", (event) => {
  if (event.target.closest("a") && narrow.matches) toggle(false);
});
narrow.addEventListener("change", drawToggle);
on("newsletter", draw);
on("issue", () => {
  for (const link of by("list").querySelectorAll("a")) {
    if (link.dataset.name === state.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
});
on("escape", () => narrow.matches && opened && toggle(false));
drawToggle();
