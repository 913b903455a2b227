// Which issue is shown, and how it stays as it is in its file.

import { by } from "./dom.js";
import * as server from "./server.js";
import { on, set, settings, state, tell } from "./state.js";
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

const wanted = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

/** Shows what is so now: the issue that is open, the list and, if need be, the platforms. */
async function refresh({ platforms = false } = {}) {
  const mine = ++turn;
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
    state.newsletter = await server.newsletter();
    if (mine !== turn) return;
    tell("newsletter");
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
    if (mine === turn) say(error instanceof TypeError ? "Waiting for the preview …" : error.message, "lost");
  }
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** The issue that is asked for, or the newest: the one asked for may be renamed or deleted. */
async function open(names, name) {
  const found = names.includes(name) ? name : names[0];
  if (!found) return null;
  if (found !== wanted()) history.replaceState(null, "", `#${encodeURIComponent(found)}`);
  stage.load(found);
  return server.issue(found);
}

function draw(issue) {
  const opened = state.issue?.name !== issue?.name;
  state.issue = issue;
  state.name = issue?.name ?? "";
  if (opened) {
    state.beside = "";
    tell("opened");
    tell("beside");
  }
  by("publication").textContent = [state.newsletter.publication, issue?.day].filter(Boolean).join(" · ");
  by("title").textContent = issue?.title ?? "No issue yet";
  document.title = issue ? `${issue.title} — preview` : "Preview";
  stage.settle();
  tell("issue");
  say(issue && !opened ? "Up to date" : "");
}

function say(words, kind = "") {
  by("status").textContent = words;
  by("status").dataset.kind = kind;
  clearTimeout(say.pause);
  if (words && !kind) say.pause = setTimeout(() => (by("status").textContent = ""), 2500);
}

on("connected", () => refresh({ platforms: true }));
on("lost", () => say("The preview has stopped. Start it again in the terminal: this page waits for it.", "lost"));
on("changed", (names) => {
  const here = !names || names.includes(state.name) || names.includes(state.beside.slice("issue ".length));
  if (here || !state.issue) refresh({ platforms: names === null });
  else refreshList();
});
let pause = 0;
on("counted", () => {
  clearTimeout(pause);
  pause = setTimeout(() => refreshList(), 250);
});
on("setting", (key) => key === "platforms" && refresh());
addEventListener("hashchange", () => refresh());

async function refreshList() {
  const newsletter = await server.newsletter().catch(() => null);
  if (!newsletter) return;
  state.newsletter = newsletter;
  tell("newsletter");
}

by("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = settings.theme || (dark ? "dark" : "light");
  set("theme", now === "dark" ? "light" : "dark");
  document.documentElement.dataset.theme = settings.theme;
});

server.listen();
