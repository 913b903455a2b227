// What is taken out of here: to the clipboard, or as a file.

import { by, counted, icon, make } from "./dom.js";
import * as server from "./server.js";
import { on, platform, setPlatform, state } from "./state.js";

const COPIES = [
  ["rich", "Copy email", "For Outlook, Gmail or Word: paste it into the message", true],
  ["source", "Copy HTML", "For “paste in code” of a mailing platform"],
  ["text", "Plain text", "The text part"],
  ["subject", "Subject", "The subject line"],
  ["preheader", "Preheader", "What inboxes show after the subject"],
];
const FILES = [["eml", ".eml file", "The email as a message"], ["zip", "ZIP of all", "Everything, with PASTE-ME.txt"]];

const buttons = new Map();
for (const [key, label, title, first] of COPIES) {
  const button = make("button", { type: "button", class: first ? "action" : key === "source" ? "action minor" : "action minor third", title, onclick: () => ready(`copy ${key}`, () => copy(key)) }, icon("copy"), label);
  button.id = `copy-${key}`;
  buttons.set(key, button);
  by("copies").append(button);
}
for (const [kind, label, title] of FILES) {
  const button = make("button", { type: "button", class: "action minor", title, onclick: () => ready(`download ${kind}`, () => fetchFile(kind)) }, icon("down"), label);
  button.id = `download-${kind}`;
  by("copies").append(button);
}

/** Does it, after asking if there are errors: what is wrong should not be sent by accident. */
function ready(what, then) {
  const issue = state.issue;
  const ask = by("ask");
  ask.hidden = true;
  if (state.lost) return say("The preview has stopped: what is here may be old.", true);
  if (!issue?.copies) return say("There is no email yet.", true);
  if (state.waits || issue.platform !== platform()) { // what is known is older than what is wanted
    say("One moment …");
    clearTimeout(ready.again);
    ready.again = setTimeout(() => ready(what, then), 50);
    return;
  }
  if (issue.state === "before") return say("Not copied: the email on the screen is older than the file. Mend the mistake first.", true);
  const errors = issue.problems.filter((problem) => problem.level === "error").length;
  if (!errors) return then();
  ask.hidden = false;
  ask.replaceChildren(
    make("p", {}, `${counted(errors, "error")} ${errors === 1 ? "stands" : "stand"} against sending this.`),
    make("button", { type: "button", class: "action minor", onclick: () => { ask.hidden = true; then(); buttons.get(what.split(" ")[1])?.focus(); } }, what.startsWith("copy") ? "Copy all the same" : "Download all the same"),
    make("button", { type: "button", class: "plain", onclick: () => (ask.hidden = true) }, "Leave it"),
  );
  ask.querySelector("button").focus();
}

/** Puts what is wanted into the clipboard, and says so. */
export function copy(key) {
  const copies = state.issue?.copies;
  if (!copies) return;
  const label = COPIES.find(([name]) => name === key)[1].replace("Copy ", "");
  const kinds = key === "rich"
    ? { "text/html": copies.rich, "text/plain": copies.text }
    : { "text/plain": copies[key] };
  const done = put(kinds);
  if (!done) return say("The browser does not let this page copy. Use the tab, select all, and copy there.", true);
  const lost = key === "rich" && copies.pictures_left ? `. ${counted(copies.pictures_left, "picture")} ${copies.pictures_left === 1 ? "is" : "are"} not on the web yet and cannot go along` : "";
  say(`Copied: ${label === "HTML" ? label : label.toLowerCase()}${lost}`);
  const button = buttons.get(key);
  button.classList.add("done");
  button.replaceChildren(icon("done"), "Copied");
  clearTimeout(button.pause);
  button.pause = setTimeout(() => {
    button.classList.remove("done");
    button.replaceChildren(icon("copy"), COPIES.find(([name]) => name === key)[1]);
  }, 2000);
}

/** The same in all browsers, also on a telephone without https: an own copy event. */
function put(kinds) {
  let done = false;
  const fill = (event) => {
    for (const [kind, text] of Object.entries(kinds)) event.clipboardData.setData(kind, text);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", fill, { capture: true, once: true });
  // Older Safari copies only where something is selected.
  const focused = document.activeElement;
  const something = make("span", {}, "\u00a0");
  document.body.append(something);
  getSelection().selectAllChildren(something);
  try {
    document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", fill, { capture: true });
    something.remove();
    focused?.focus({ preventScroll: true });
  }
  return done;
}

function fetchFile(kind) {
  const link = make("a", { href: server.download(state.issue.name, kind), download: "" });
  link.click();
  say(`Downloading the ${kind === "eml" ? ".eml file" : "ZIP file"}`);
}

export const press = (key) => by(`copy-${key}`).click();

function say(words, refused = false) {
  by("copied").textContent = "";
  by("copied").classList.toggle("refused", refused);
  setTimeout(() => (by("copied").textContent = words), 30); // the same words are announced again
}

// --- the platform ----------------------------------------------------------------------------------

function drawPlatforms() {
  by("platform").replaceChildren(...state.platforms.map((one) => make("option", { value: one.name }, one.name === "generic" ? "no platform" : one.label)));
  by("platform").value = platform();
}

by("platform").addEventListener("change", (event) => setPlatform(event.target.value));

function draw() {
  const issue = state.issue;
  by("ask").hidden = true;
  buttons.get("source").title = issue?.copies?.file.endsWith(".md") ? "Markdown, which this platform takes" : COPIES[1][2];
  by("how").hidden = !issue?.copies?.how.length;
  const steps = [];
  for (const line of issue?.copies?.how ?? []) {
    const begins = line.match(/^\d+\.\s+(.*)/);
    if (begins || !steps.length) steps.push(begins ? begins[1] : line);
    else steps[steps.length - 1] += line.trim() ? ` ${line.trim()}` : "";
  }
  by("how-steps").replaceChildren(...steps.map((step) => make("li", {}, step)));
}

on("platforms", drawPlatforms);
on("issue", draw);
on("opened", () => (by("copied").textContent = ""));
