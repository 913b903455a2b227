// The email, and what is to be seen beside it.

import { by, counted, icon, make } from "./dom.js";
import { Pane, within } from "./pane.js";
import * as server from "./server.js";
import { on, set, settings, state, tell, widthKey } from "./state.js";

export const WIDTHS = [["Phone", 375], ["Tablet", 768], ["Desktop", 1024]];
export const SCHEMES = [
  ["Light", "light", "On a light screen"],
  ["Dark", "dark", "On a dark screen, as the theme sets it"],
  ["Forced dark", "forced", "A simulated inversion, as some mail programs do"],
];
const TOGGLES = [
  ["fit", "Zoom to fit", true, "Smaller, so that all of it is in the window"],
  ["images", "Images off", false, "Many programs show pictures only when they are asked to"],
  ["styles", "Styles stripped", false, "Gmail without style: some accounts lose what stands in the head"],
  ["cut", "Cut at 102 KB", true, "Where Gmail cuts an email off"],
  ["web", "Pictures from the web", true, "Fetches the pictures that are addresses on the web"],
];

const calls = {
  picked: (number, link) => tell("picked", number, link),
  resized: (width) => set(widthKey(), width),
  pressed: (event) => tell("pressed", event),
};

const now = new Pane("The email", { ...calls, scrolled: (pane) => follow(pane, other) });
const other = new Pane("Beside it", {
  ...calls, picked: () => {}, scrolled: (pane) => follow(pane, now),
});
let compared = null;
let change = -1; // the one that was jumped to
let besideTurn = 0;
let listed = ""; // the changes that are listed, in one text
let offered = ""; // the issues to choose from, in one text
let leader = null;

/** Scrolls the other email to where this one is. */
function follow(pane, another) {
  if (!state.beside || (leader && leader !== pane)) return;
  const [from, to] = [pane.page, another.page];
  if (!from?.body || !to?.body) return;
  leader = pane;
  clearTimeout(follow.pause);
  follow.pause = setTimeout(() => (leader = null), 120);
  const space = (page) => Math.max(page.documentElement.scrollHeight - page.defaultView.innerHeight, 1);
  to.defaultView.scrollTo({ top: (from.defaultView.scrollY / space(from)) * space(to), behavior: "instant" });
}

// --- controls --------------------------------------------------------------------------------------

function radios(place, name, rows, chosen) {
  for (const [label, value, title] of rows) {
    const input = make("input", { type: "radio", name, value: String(value), onchange: () => chosen(value) });
    place.append(make("label", { title: title ?? "" }, input, make("span", {}, label)));
  }
}

radios(by("widths"), "widths", WIDTHS.map(([label, width]) => [label, width, `${width} pixels`]), (width) => set(widthKey(), width));
radios(by("schemes"), "schemes", SCHEMES, (scheme) => set("scheme", scheme));
for (const [key, label, , title] of TOGGLES) {
  by(key === "fit" ? "zoom" : "toggles").append(
    make("button", { type: "button", class: "toggle", id: `toggle-${key}`, title, onclick: () => set(key, !settings[key]) }, label),
  );
}
by("width").addEventListener("change", (event) => {
  const width = Number(event.target.value);
  if (width) set(widthKey(), within(width));
  event.target.value = settings[widthKey()];
});

function drawControls() {
  for (const input of document.querySelectorAll("#widths input")) input.checked = Number(input.value) === settings[widthKey()];
  for (const input of document.querySelectorAll("#schemes input")) input.checked = input.value === settings.scheme;
  for (const [key, , pressed] of TOGGLES) {
    by(`toggle-${key}`).setAttribute("aria-pressed", String(settings[key] === pressed));
  }
  by("width").value = settings[widthKey()];
  by("toggle-web").hidden = !state.issue?.web_pictures;
}

// --- what is shown ---------------------------------------------------------------------------------

/** Fits the windows into their place. */
export function fit() {
  const stage = by("stage");
  const panes = state.beside ? 2 : 1;
  const style = getComputedStyle(stage);
  const across = stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const high = stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const caption = state.beside ? 28 : 0;
  const stacked = state.beside && across < 560;
  const room = {
    width: (stacked ? across : (across - 16 * (panes - 1)) / panes) - 16,
    height: Math.max((stacked ? high / 2 : high) - caption, 200),
  };
  by("panes").classList.toggle("stacked", Boolean(stacked));
  for (const pane of [now, other]) pane.resize(settings[widthKey()], room, settings.fit);
}

let loading = Promise.resolve();

/** Has the email of an issue shown as it is now; where it was scrolled to stays. It comes first:
 * what else there is to know takes longer. */
export function load(name) {
  return (loading = now.show(server.email(name)));
}

/** Draws what is known of the issue now, once its email is on the screen. */
export async function settle() {
  const issue = state.issue;
  drawControls();
  if (!issue || issue.state === "nothing") now.clear();
  if (!issue) return by("broken").hidden = true;
  drawBroken(issue);
  drawRemark(issue);
  now.title = `The email: ${issue.title}`;
  await loading;
  if (issue !== state.issue) return;
  if (now.frame) now.frame.title = now.title;
  now.setParts(issue.parts);
  if (state.beside) await showBeside();
  document.documentElement.dataset.shown = `${issue.name} ${issue.stamp}`; // for whoever waits
}

function drawBroken(issue) {
  const errors = issue.problems.filter((problem) => problem.level === "error");
  const broken = issue.state !== "now";
  by("broken").hidden = !broken;
  by("stage").classList.toggle("behind", issue.state === "before");
  if (!broken) return by("broken").replaceChildren();
  const below = {
    before: "Behind this is the email as it was before.",
    draft: "Behind this is what could be read.",
    nothing: "Nothing of it can be shown yet.",
  }[issue.state];
  by("broken").replaceChildren(
    make("h2", {}, errors.length === 1 ? "A mistake stops this issue" : `${counted(errors.length, "mistake")} stop this issue`),
    make("p", { class: "quiet" }, `${below} The next save without ${errors.length === 1 ? "it" : "them"} clears this.`),
    make("ul", {}, errors.slice(0, 20).map((problem) => make("li", {},
      make("p", { class: "where" }, problem.line ? `${problem.path}, line ${problem.line}` : problem.path),
      make("p", { class: "what" }, problem.message),
      problem.excerpt ? make("pre", { tabIndex: 0 }, problem.excerpt, "\n", " ".repeat(Math.max(problem.column - 1, 0)), "^") : null,
      problem.hint ? make("p", { class: "hint" }, problem.hint) : null,
      make("button", { type: "button", class: "link", onclick: () => tell("place", problem) }, "See the line"),
    ))),
    issue.state === "nothing" ? "" : make("button", { type: "button", class: "plain", onclick: () => (by("broken").hidden = true) }, "See what is behind"),
  );
}

function drawRemark(issue) {
  const remarks = [];
  if (settings.scheme === "forced") remarks.push("A simulated inversion: light grounds become dark and dark words light, as some mail programs do of their own accord. Each does it in its own way.");
  if (settings.cut && issue.weight && issue.weight.html <= issue.weight.limit) remarks.push("Gmail would not cut this email.");
  if (issue.web_pictures && !settings.web && settings.images) remarks.push(`${counted(issue.web_pictures, "picture")} on the web ${issue.web_pictures === 1 ? "is" : "are"} not fetched.`);
  by("remark").hidden = !remarks.length;
  by("remark").textContent = remarks.join(" ");
}

// --- beside ----------------------------------------------------------------------------------------

function drawChoice() {
  const issues = (state.newsletter?.issues ?? []).filter((one) => one.name !== state.name);
  const rows = issues.map((one) => [`issue ${one.name}`, `${one.day} — ${one.title}`]);
  if (offered !== (offered = JSON.stringify(rows))) { // somebody may be choosing
    by("beside").replaceChildren(...[["", "nothing"], ["committed", "its last committed version"], ...rows].map(
      ([value, words]) => make("option", { value }, words),
    ));
  }
  by("beside").value = state.beside;
  if (by("beside").value !== state.beside) beside("");
}

by("beside").addEventListener("change", (event) => beside(event.target.value));

/** Shows something else beside the email. */
export function beside(what) {
  state.beside = what;
  by("beside").value = what;
  tell("beside");
}

export async function showBeside() {
  const issue = state.issue;
  const mine = ++besideTurn;
  compared = null;
  if (state.beside !== "committed") by("changes").hidden = true;
  now.caption.hidden = other.caption.hidden = !state.beside;
  document.body.classList.toggle("with-beside", Boolean(state.beside));
  if (!state.beside || !issue) {
    other.element.remove();
    other.clear();
    now.mark([]);
    return fit();
  }
  by("panes").append(other.element);
  fit();
  now.caption.textContent = "Now";
  if (state.beside === "committed") return showCommitted(issue, mine);
  const name = state.beside.slice("issue ".length);
  const told = await server.issue(name);
  if (mine !== besideTurn) return;
  if (!told) return beside("");
  other.title = `Beside it: ${told.title}`;
  other.caption.textContent = `${told.day}: ${told.title}`;
  now.caption.textContent = `${issue.day}: ${issue.title}`;
  now.mark([]);
  if (told.state === "nothing") return other.clear();
  await other.show(server.email(name));
  if (mine !== besideTurn) return;
  other.setParts(told.parts);
  other.mark([]);
  follow(now, other);
}

async function showCommitted(issue, mine) {
  const told = await server.compared(issue.name);
  if (mine !== besideTurn || !told) return;
  if (told.missing) {
    listed = "";
    other.clear();
    other.element.remove();
    now.mark([]);
    by("changes").hidden = false;
    return by("changes").replaceChildren(make("p", {}, `There is nothing to compare with: ${told.missing}.`));
  }
  compared = told;
  other.title = "As it was committed";
  other.caption.textContent = `As committed${told.day ? ` on ${told.day}` : ""}, in today’s settings`;
  await other.show(server.email(issue.name, true));
  if (mine !== besideTurn) return;
  other.setParts(told.before);
  follow(now, other);
  markChanges();
  const words = JSON.stringify([told.now, told.before, told.head].map((list) => list.map((one) => [one.name ?? one, one.change])));
  if (by("changes").hidden || words !== listed) drawChanges(told);
  listed = words;
}

function markChanges() {
  const pairs = (parts) => parts.map((part, number) => [number, part.change]).filter(([, kind]) => kind);
  now.mark(pairs(compared.now));
  other.mark(pairs(compared.before));
}

function drawChanges(told) {
  const parts = [...told.now.map((part, number) => ({ part, number, pane: now })),
    ...told.before.map((part, number) => ({ part, number, pane: other })).filter(({ part }) => part.change === "gone")];
  const changed = parts.filter(({ part }) => part.change);
  change = -1;
  const how = { new: 0, changed: 0, moved: 0, gone: 0 };
  for (const { part } of changed) how[part.change] += 1;
  const words = Object.entries(how).filter(([, number]) => number).map(([kind, number]) =>
    make("span", { class: `change ${kind}` }, `${number} ${kind}`));
  const jump = (step) => {
    change = change < 0 && step < 0 ? changed.length - 1 : (change + step + changed.length) % changed.length;
    const { pane, number, part } = changed[change];
    pane.reveal(number);
    const twin = told.before.findIndex((one) => one.change && one.name === part.name);
    if (pane === now && twin >= 0) leader = now, other.reveal(twin);
    by("change-name").textContent = `${change + 1} of ${changed.length}: ${part.name}`;
  };
  by("changes").hidden = false;
  const head = told.head.length ? make("p", {}, `Changed at the top: ${told.head.join(", ")}.`) : "";
  by("changes").replaceChildren(head, ...(changed.length ? [
    make("p", {}, ...words),
    make("button", { type: "button", class: "plain icon", title: "Previous change", onclick: () => jump(-1) }, icon("previous"), make("span", { class: "unseen" }, "Previous change")),
    make("button", { type: "button", class: "plain icon", title: "Next change", onclick: () => jump(1) }, icon("next"), make("span", { class: "unseen" }, "Next change")),
    make("p", { id: "change-name", class: "quiet", role: "status" }),
  ] : [make("p", {}, "No entry has changed since.")]));
}

// --- events ----------------------------------------------------------------------------------------

/** Brings a part of the issue into the window, and marks it for a moment. */
export function reveal(number) {
  if (!now.reveal(number)) return false;
  now.mark([[number, "picked"]]);
  clearTimeout(reveal.pause);
  reveal.pause = setTimeout(() => (compared ? markChanges() : now.mark([])), 2500);
  return true;
}

by("panes").append(now.element);
addEventListener("focus", () => state.beside === "committed" && showBeside()); // after a commit
new ResizeObserver(fit).observe(by("stage"));

by("stale-show").addEventListener("click", () => {
  set("tab", "email");
  by("broken").hidden = false;
});
on("newsletter", drawChoice);
on("opened", drawChoice);
on("beside", () => {
  drawControls();
  showBeside();
});
on("setting", (key) => {
  drawControls();
  if (["width", "widthBeside", "fit"].includes(key)) fit();
  if (["scheme", "images", "styles", "cut", "web"].includes(key) && state.issue) {
    load(state.issue.name);
    settle();
  }
});
drawControls();
fit();
