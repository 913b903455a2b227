// Tabs of text: the plain text as readers have it, and the sources, with numbered lines.

import { by, counted, make } from "./dom.js";
import * as server from "./server.js";
import { on, set, settings, state } from "./state.js";

export const TABS = ["email", "text", "html", "mjml", "yaml"];
const NAMES = { html: "Source", mjml: "MJML", yaml: "YAML" };

/** The lines of a source; those of `marked` stand out, with the numbers of `first` on. */
export function linesOf(pieces, marked = new Map(), first = 1) {
  const rows = document.createDocumentFragment();
  pieces.forEach((line, index) => {
    const number = first + index;
    const level = marked.get(number);
    rows.append(make("div", { class: `line${level ? ` ${level}` : ""}`, "data-line": number },
      make("span", { class: "number", "aria-hidden": "true" }, String(number)),
      hanging(line, make("span", { class: "words" }, line.length ? line.map(([kind, text]) => make("span", { class: kind || null }, text)) : []))));
  });
  return rows;
}

/** A line that is too long goes on below its own beginning. */
function hanging(line, words) {
  const indent = line.map(([, text]) => text).join("").search(/\S|$/) + 2;
  words.style.paddingLeft = `${indent}ch`;
  words.style.textIndent = `-${indent}ch`;
  return words;
}

/** The level of the worst problem in each line of the issue's file. */
export function problemLines(issue) {
  const marked = new Map();
  for (const problem of [...issue.problems].reverse()) {
    if (problem.file === issue.file && problem.line) marked.set(problem.line, problem.level);
  }
  return marked;
}

const held = { key: "", lines: [] };

/** The lines of a source of the issue, coloured. */
export async function sourceOf(kind) {
  const issue = state.issue;
  const key = [issue.name, issue.stamp, issue.platform, kind].join();
  if (held.key !== key) {
    const lines = await server.code(issue.name, kind);
    Object.assign(held, { key, lines: lines ?? [] });
  }
  return held.lines;
}

async function drawCode() {
  const kind = settings.tab;
  const issue = state.issue;
  if (!(kind in NAMES) || !issue) return;
  if (by("code").dataset.of !== `${issue.name} ${kind}`) by("code").replaceChildren();
  const lines = await sourceOf(kind);
  if (kind !== settings.tab || issue !== state.issue) return;
  const code = by("code");
  const scroll = code.dataset.of === `${issue.name} ${kind}` ? code.scrollTop : 0;
  code.dataset.of = `${issue.name} ${kind}`;
  code.setAttribute("aria-label", NAMES[kind]);
  code.replaceChildren(linesOf(lines, kind === "yaml" ? problemLines(issue) : new Map()));
  code.scrollTop = scroll;
  const what = {
    html: issue.copies ? `What is copied as HTML: ${issue.copies.file}` : "There is no email yet",
    mjml: "What the layout makes of the issue, before it becomes HTML",
    yaml: `The issue’s file, to be read only: ${issue.file}`,
  }[kind];
  by("code-facts").textContent = `${what}. ${counted(lines.length, "line")}.`;
}

/** Shows a line of the issue's file in its tab. */
export async function showLine(line) {
  await drawCode();
  const row = by("code").querySelector(`[data-line="${line}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.classList.add("picked");
}

function drawText() {
  const issue = state.issue;
  const text = issue?.text ?? "";
  const pre = by("text");
  const scroll = pre.scrollTop;
  const pieces = [];
  let last = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>]+/g)) {
    pieces.push(text.slice(last, match.index), make("span", { class: "address" }, match[0]));
    last = match.index + match[0].length;
  }
  pre.replaceChildren(...pieces, text.slice(last));
  pre.style.setProperty("--wide", settings.width <= 480 ? `${settings.width}px` : "calc(80ch + 48px)");
  pre.scrollTop = scroll;
  const longest = Math.max(0, ...text.split("\n").map((line) => [...line].length));
  by("text-facts").textContent = text ? `${counted(text.split("\n").length, "line")}, the longest of ${longest} characters.` : "";
}

// --- which tab -------------------------------------------------------------------------------------

export function open(tab) {
  set("tab", tab);
}

function draw() {
  if (!TABS.includes(settings.tab)) settings.tab = "email";
  for (const tab of TABS) {
    const button = by(`tab-${tab}`);
    button.setAttribute("aria-selected", String(tab === settings.tab));
    button.tabIndex = tab === settings.tab ? 0 : -1;
  }
  by("beside").parentElement.hidden = settings.tab !== "email";
  by("panel-email").hidden = settings.tab !== "email";
  by("panel-text").hidden = settings.tab !== "text";
  by("panel-code").hidden = !(settings.tab in NAMES);
  if (settings.tab in NAMES) by("panel-code").setAttribute("aria-labelledby", `tab-${settings.tab}`);
  if (settings.tab === "text") drawText();
  drawCode();
}

for (const tab of TABS) {
  by(`tab-${tab}`).addEventListener("click", () => open(tab));
  by(`tab-${tab}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = step ? (TABS.indexOf(tab) + step + TABS.length) % TABS.length : { Home: 0, End: TABS.length - 1 }[event.key];
    if (at === undefined) return;
    event.preventDefault();
    open(TABS[at]);
    by(`tab-${TABS[at]}`).focus();
  });
}

on("issue", draw);
on("setting", (key) => ["tab", "width"].includes(key) && draw());
draw();
