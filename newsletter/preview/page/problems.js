// What build and check find, by how much it matters.

import { by, counted, icon, make } from "./dom.js";
import * as server from "./server.js";
import { on, state, tell } from "./state.js";

const LEVELS = [["error", "Errors"], ["warning", "Warnings"], ["note", "Notes"]];
const MANY = 5; // of one rule; the others are behind a button
let chosen = -1;
let chosenKey = ""; // by which it is known again after a save
const explained = new Set(); // the findings whose reasons are shown
const opened = new Set(); // the rules of which all are shown

const keyOf = (problem) => [problem.code, problem.path, problem.message].join(" ");

/** Problems with their numbers, those first that matter most. */
const inOrder = (problems) => LEVELS.flatMap(([level]) =>
  problems.map((problem, index) => [problem, index]).filter(([problem]) => problem.level === level));

function row(problem, index) {
  const about = make("div", { class: "about", hidden: true });
  const why = make("button", { type: "button", class: "link", "aria-expanded": "false", onclick: (event) => explain(problem, about, event.target) }, "Why?");
  if (explained.has(keyOf(problem))) explain(problem, about, why, true);
  return make("li", { class: `problem ${problem.level}${index === chosen ? " chosen" : ""}`, "data-index": index },
    make("button", { type: "button", class: "what", onclick: () => choose(index) },
      icon(problem.level), make("span", { class: "unseen" }, `${problem.level}: `), make("span", {}, problem.message)),
    make("p", { class: "where" }, problem.line ? `${problem.path}, line ${problem.line}` : problem.path, " · ", make("code", {}, problem.code), " · ", why),
    problem.hint ? make("p", { class: "hint" }, problem.hint) : null,
    problem.suggestion ? make("p", { class: "hint" }, "Instead: ", make("code", {}, problem.suggestion)) : null,
    about);
}

/** The findings of a level: where a rule finds the same many times, the first ones. */
function rows(found) {
  const seen = new Map();
  for (const [problem] of found) seen.set(problem.code, (seen.get(problem.code) ?? 0) + 1);
  const listed = new Map();
  return found.map(([problem, index]) => {
    const number = (listed.get(problem.code) ?? 0) + 1;
    listed.set(problem.code, number);
    const rest = seen.get(problem.code) - MANY + 1;
    if (rest < 2 || opened.has(problem.code) || number < MANY) return row(problem, index);
    if (number > MANY) return null;
    return make("li", { class: "more" }, make("button", { type: "button", class: "link", onclick: () => openAll(problem.code) }, `${rest} more of ${problem.code}`));
  });
}

function openAll(code) {
  opened.add(code);
  draw();
}

async function explain(problem, about, button, open = about.hidden) {
  about.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  explained[open ? "add" : "delete"](keyOf(problem));
  if (!open || about.childElementCount) return;
  const lines = (await server.rule(problem.code)) ?? ["There is no manual for this."];
  about.replaceChildren(make("pre", { tabIndex: 0 }, lines.slice(2).join("\n")));
}

function choose(index) {
  chosen = index;
  const problem = state.issue.problems[index];
  chosenKey = keyOf(problem);
  if (!document.querySelector(`.problem[data-index="${index}"]`)) openAll(problem.code);
  for (const row of document.querySelectorAll(".problem")) row.classList.toggle("chosen", Number(row.dataset.index) === index);
  if (matchMedia("(max-width: 899px)").matches) showFindings(false);
  tell("place", problem);
}

/** Goes to the next problem, or the one before. */
export function step(by_) {
  const order = inOrder(state.issue?.problems ?? []).map(([, index]) => index);
  if (!order.length) return;
  const at = order.indexOf(chosen);
  choose(order[at < 0 ? (by_ > 0 ? 0 : order.length - 1) : (at + by_ + order.length) % order.length]);
  document.querySelector(`.problem[data-index="${chosen}"] .what`)?.focus();
}

function draw() {
  const problems = state.issue?.problems ?? [];
  const focused = document.activeElement?.closest?.(".problem")?.querySelector(".what")?.textContent;
  chosen = problems.findIndex((problem) => keyOf(problem) === chosenKey);
  const groups = LEVELS.map(([level, name]) => {
    const found = inOrder(problems).filter(([problem]) => problem.level === level);
    return found.length ? [make("h3", {}, name, make("span", { class: `chip ${level}` }, String(found.length))), make("ul", {}, rows(found))] : [];
  });
  by("problems").replaceChildren(...(problems.length ? groups.flat() : [make("p", { class: "clean" }, icon("done"), "Nothing found. Read it once more all the same.")]));
  if (focused) [...by("problems").querySelectorAll(".what")].find((one) => one.textContent === focused)?.focus();
  const told = LEVELS.map(([level]) => [level, problems.filter((problem) => problem.level === level).length]).filter(([, number]) => number);
  by("findings-toggle").textContent = told.length ? counted(told[0][1], told[0][0]) : "Copy & check";
  by("findings-toggle").dataset.level = told[0]?.[0] ?? "";
}

on("issue", draw);
on("opened", () => (chosenKey = ""));

by("findings-toggle").addEventListener("click", () => showFindings(!document.body.classList.contains("with-findings")));

/** On a narrow page, the findings lie over the rest. */
export function showFindings(open) {
  document.body.classList.toggle("with-findings", open);
  by("findings-toggle").setAttribute("aria-expanded", String(open));
}
on("escape", () => showFindings(false));
