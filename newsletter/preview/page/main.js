// Which issue is shown, and how it stays as it is in its file.

import { by } from "./dom.js";
import * as server from "./server.js";
import { on, set, settings, state, tell, wanted } from "./state.js";
import * as stage from "./stage.js";
import "./list.js";
import "./inbox.js";
import "./problems.js";
import "./size.js";
import "./copy.js";
import "./code.js";
import "./place.js";
import "./keys.js";

let turn = 0;
let listed = 0;

/** Shows what is so now: the issue that is open, the list and, if need be, the platforms. */
async function refresh({ platforms = false } = {}) {
  const mine = ++turn;
  state.waits = true;
  try {
    const name = wanted() || state.name;
    const known = Boolean(state.newsletter); // with which platform to ask for
    let issue = null;
    if (known && name) {
      await stage.load(name); // first and alone, because it is waited for
      await painted();
      issue = await server.issue(name);
      if (mine !== turn) return;
      if (issue) draw(issue);
    }
    await refreshList();
    if (mine !== turn) return;
    if (!issue) {
      issue = await open(state.newsletter.issues.map((one) => one.name), name);
      if (mine !== turn) return;
      draw(issue);
    }
    if (platforms || !known) {
      state.platforms = await server.platforms();
      tell("platforms");
    }
  } catch (error) {
    if (mine !== turn) return;
    state.waits = false;
    say(error instanceof TypeError ? "Waiting for the preview …" : error.message, "lost");
  }
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** The issue that is asked for, or the newest: the one asked for may be renamed or deleted. */
async function open(names, name) {
  const found = names.includes(name) ? name : names[0];
  if (!found) return null;
  if (name && found !== name) say(`${name} is no longer there.`);
  if (found !== wanted()) history.replaceState(null, "", `#${encodeURIComponent(found)}`);
  stage.load(found);
  return server.issue(found);
}

function draw(issue) {
  const opened = state.issue?.name !== issue?.name;
  state.waits = false;
  state.issue = issue;
  state.name = issue?.name ?? "";
  if (opened) {
    state.beside = "";
    tell("opened");
    tell("beside");
  }
  by("stale").hidden = !issue || issue.state === "now";
  by("stale-words").textContent = { before: "A mistake stops this issue: this is how it was before.", draft: "Mistakes stop this issue: this is what could be read.", nothing: "Mistakes stop this issue." }[issue?.state] ?? "";
  drawPublication();
  by("title").textContent = issue?.title ?? "No issue yet";
  document.title = issue ? `${issue.title} — preview` : "Preview";
  stage.settle();
  tell("issue");
  if (issue && !opened) say("Up to date");
  else if (by("status").dataset.kind) say("");
}

function drawPublication() {
  by("publication").textContent = [state.newsletter.publication, state.issue?.day].filter(Boolean).join(" · ");
}
on("newsletter", drawPublication);

function say(words, kind = "") {
  by("status").textContent = words;
  by("status").dataset.kind = kind;
  clearTimeout(say.pause);
  if (words && !kind) say.pause = setTimeout(() => (by("status").textContent = ""), 2500);
}

on("connected", () => {
  state.lost = false;
  refresh({ platforms: true });
});
on("lost", () => {
  state.lost = true;
  say("The preview has stopped. Start it again in the terminal: this page waits for it.", "lost");
});
on("changed", (names) => {
  const here = !names || names.includes(state.name) || names.includes(state.beside.slice("issue ".length));
  if (here || !state.issue) refresh({ platforms: names === null });
  else refreshList();
});
let pause = 0;
on("counted", () => {
  pause ||= setTimeout(() => {
    pause = 0;
    refreshList();
  }, 1000);
});
on("setting", (key) => key === "platforms" && refresh());
addEventListener("hashchange", () => refresh());

async function refreshList() {
  const mine = ++listed;
  const newsletter = await server.newsletter();
  if (mine !== listed) return;
  state.newsletter = newsletter;
  tell("newsletter");
}

by("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = settings.theme || (dark ? "dark" : "light");
  set("theme", now === "dark" ? "light" : "dark");
  document.documentElement.dataset.theme = settings.theme;
});

// What nobody has waited for: the tab of a source, an explanation.
addEventListener("unhandledrejection", (event) => say(event.reason?.message ?? String(event.reason), "lost"));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names the issue
  by("work").focus();
});

server.listen();
