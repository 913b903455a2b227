// What the preview is asked, and what it tells of its own accord.

import { platform, settings, tell } from "./state.js";

async function ask(path) {
  const answer = await fetch(path);
  if (answer.status === 404) return null;
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

const query = (more = {}) => {
  const wanted = new URLSearchParams(more);
  if (platform()) wanted.set("platform", platform());
  return `?${wanted}`;
};

const at = (name) => `/issues/${encodeURIComponent(name)}`;

export const newsletter = () => ask("/newsletter");
export const platforms = () => ask("/platforms");
export const issue = (name) => ask(at(name) + query());
export const compared = (name) => ask(`${at(name)}/committed${query()}`);
export const code = (name, kind) => ask(`${at(name)}/code/${kind}${query()}`);
export const rule = (code) => ask(`/rules/${encodeURIComponent(code)}`);
export const download = (name, kind) => `${at(name)}/download.${kind}${query()}`;

/** The address of an email as it is to be shown. */
export function email(name, committed = false) {
  const more = { scheme: settings.scheme };
  if (!settings.images) more.images = "off";
  if (!settings.styles) more.styles = "off";
  if (settings.cut) more.cut = "on";
  if (settings.web) more.web = "on";
  if (committed) more.at = "committed";
  return `${at(name)}/email${query(more)}`;
}

/** Loads the page anew when the preview answers: it may ask for another key. */
async function reloadOnceThere() {
  const there = await fetch("/newsletter").then(() => true, () => false);
  if (there) location.reload();
  else setTimeout(reloadOnceThere, 1000);
}

/** Listens to the preview for as long as the page is open. */
export function listen() {
  let edition = "";
  const events = new EventSource("/events");
  events.addEventListener("hello", (event) => {
    const now = JSON.parse(event.data);
    if (edition && edition !== now) location.reload(); // another edition of the program
    edition = now;
    tell("connected");
  });
  events.addEventListener("changed", (event) => tell("changed", JSON.parse(event.data)));
  events.addEventListener("counted", (event) => tell("counted", JSON.parse(event.data)));
  events.addEventListener("error", () => {
    tell("lost");
    if (events.readyState === EventSource.CLOSED) reloadOnceThere();
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
