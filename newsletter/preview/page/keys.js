// Keys for all that can be clicked, and the list of them.

import { open, TABS } from "./code.js";
import { press } from "./copy.js";
import { by, make } from "./dom.js";
import { step as stepIssue, toggle as toggleList } from "./list.js";
import { editors, openInEditor } from "./place.js";
import { step as stepProblem } from "./problems.js";
import { beside, SCHEMES, WIDTHS } from "./stage.js";
import { on, set, settings, state, tell, widthKey } from "./state.js";

const flip = (key) => () => set(key, !settings[key]);

const KEYS = [
  ["/", "Search the list of issues", () => { toggleList(true); by("search").focus(); }],
  ["[", "The issue above in the list", () => stepIssue(-1)],
  ["]", "The issue below in the list", () => stepIssue(1)],
  ["m", "Show or hide the list", () => toggleList()],
  ["1", "Email", () => open(TABS[0])],
  ["2", "Plain text", () => open(TABS[1])],
  ["3", "Source", () => open(TABS[2])],
  ["4", "MJML", () => open(TABS[3])],
  ["5", "YAML", () => open(TABS[4])],
  ...WIDTHS.map(([label, width]) => [label[0].toLowerCase(), label, () => set(widthKey(), width)]),
  ["z", "Zoom to fit", flip("fit")],
  ["l", "Light, dark, forced dark in turn", () => {
    const all = SCHEMES.map(([, scheme]) => scheme);
    set("scheme", all[(all.indexOf(settings.scheme) + 1) % all.length]);
  }],
  ["i", "Images on or off", flip("images")],
  ["s", "Styles on or off", flip("styles")],
  ["c", "Cut at 102 KB", flip("cut")],
  ["w", "Pictures from the web", () => !by("toggle-web").hidden && set("web", !settings.web)],
  ["b", "Beside it: the last committed version", () => beside(state.beside ? "" : "committed")],
  ["v", "Row in the inbox", () => by("inbox").querySelector("summary").click()],
  ["j", "Next finding", () => stepProblem(1)],
  ["k", "Finding before", () => stepProblem(-1)],
  ["o", "Open in editor", openInEditor],
  ["e", "Copy the email", () => press("rich")],
  ["h", "Copy the HTML", () => press("source")],
  ["x", "Copy the plain text", () => press("text")],
  ["u", "Copy the subject", () => press("subject")],
  ["r", "Copy the preheader", () => press("preheader")],
  ["g", "Mailing platform", () => by("platform").focus()],
  ["n", "Light or dark page", () => by("theme").click()],
  ["?", "These keys", () => (by("keys").open ? by("keys").close() : by("keys").showModal())],
  ["Esc", "Close what lies over the page", () => tell("escape")],
];

function pressed(event) {
  const third = event.getModifierState("AltGraph"); // [ and ] on many keyboards
  if ((!third && (event.ctrlKey || event.metaKey || event.altKey)) || event.defaultPrevented) return;
  if (event.key === "Escape") return by("keys").open || tell("escape");
  const typing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), select, textarea");
  if (typing || (by("keys").open && event.key !== "?")) return;
  if (!settings.keys && event.key !== "?") return;
  const found = KEYS.find(([key]) => key === event.key);
  if (!found) return;
  event.preventDefault();
  found[2]();
}

addEventListener("keydown", pressed);
on("pressed", pressed); // in the email

by("help").addEventListener("click", () => by("keys").showModal());
by("keys").addEventListener("click", (event) => event.target === by("keys") && by("keys").close());
by("keys-list").append(...KEYS.map(([key, what]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what))));
by("keys-on").checked = settings.keys;
by("keys-on").addEventListener("change", (event) => set("keys", event.target.checked));

by("editor").append(...editors.map(([key, label]) => make("option", { value: key }, label)));
by("editor").value = settings.editor;
by("editor").addEventListener("change", (event) => set("editor", event.target.value));
by("pattern").value = settings.pattern;
by("pattern").addEventListener("change", (event) => set("pattern", event.target.value.trim()));
const drawPattern = () => (by("pattern-label").hidden = settings.editor !== "own");
on("setting", (key) => key === "editor" && drawPattern());
drawPattern();
