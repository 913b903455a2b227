// The lines of the file that what was clicked stands in.

import { linesOf, problemLines, showLine, sourceOf } from "./code.js";
import { by, make } from "./dom.js";
import { reveal } from "./stage.js";
import { on, settings, state } from "./state.js";

const EDITORS = {
  vscode: ["VS Code", "vscode://file{file}:{line}:{column}"],
  vscodium: ["VSCodium", "vscodium://file{file}:{line}:{column}"],
  cursor: ["Cursor", "cursor://file{file}:{line}:{column}"],
  zed: ["Zed", "zed://file{file}:{line}:{column}"],
  sublime: ["Sublime Text", "subl://open?url=file://{file}&line={line}&column={column}"],
  idea: ["IntelliJ, PyCharm", "idea://open?file={file}&line={line}&column={column}"],
  textmate: ["TextMate, BBEdit", "txmt://open?url=file://{file}&line={line}&column={column}"],
  own: ["Another one …", ""],
  none: ["None", ""],
};
const AROUND = 2; // lines before and after

let shown = null;

/** The address that opens a file in the editor's program; "" if there is none. */
export function editorAddress(file, line, column) {
  const pattern = settings.editor === "own" ? settings.pattern : EDITORS[settings.editor]?.[1];
  if (!pattern || !/^[a-z][a-z0-9+.-]*:/i.test(pattern) || /^(javascript|data|vbscript|blob):/i.test(pattern.trim())) return "";
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/").replace(/^([A-Za-z])%3A/, "/$1:");
  return pattern.replaceAll("{file}", path).replaceAll("{line}", line).replaceAll("{column}", column);
}

async function show({ name, file, path, line, end, column = 1, link = "", excerpt = "" }) {
  shown = { name, file, path, line, end, column, link, excerpt, issue: state.issue?.name };
  const issue = state.issue;
  by("place").hidden = false;
  by("place-name").textContent = name;
  by("place-where").textContent = line ? `${path}, ${end > line ? `lines ${line} to ${end}` : `line ${line}`}` : path;
  const opens = /^(https?|mailto):/i.test(link);
  by("place-link").replaceChildren(...(link ? ["Link: ", opens ? make("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, link) : make("code", {}, link)] : []));
  const address = editorAddress(file, line ?? 1, column);
  by("place-open").hidden = !address || location.hostname !== "127.0.0.1" && location.hostname !== "localhost";
  if (address) by("place-open").href = address;
  if (file !== issue.file || !line) return by("place-lines").replaceChildren(...(excerpt ? [linesOf([[["", excerpt]]], new Map(), line)] : []));
  const lines = await sourceOf("yaml");
  if (state.issue !== issue) return;
  const first = Math.max(line - AROUND, 1);
  const last = Math.min((end || line) + AROUND, lines.length);
  by("place-lines").replaceChildren(linesOf(lines.slice(first - 1, last), problemLines(issue), first));
  for (let number = line; number <= (end || line); number += 1) {
    by("place-lines").querySelector(`[data-line="${number}"]`)?.classList.add("meant");
  }
  by("place-lines").scrollTop = 0;
}

export function close() {
  by("place").hidden = true;
  shown = null;
}

/** Opens what is shown in the editor's program. */
export const openInEditor = () => !by("place").hidden && !by("place-open").hidden && by("place-open").click();

const here = (path) => path.split("/").pop();

on("picked", (number, link) => {
  const issue = state.issue;
  const part = issue?.parts[number];
  if (!part) return link ? show({ name: "A link of the newsletter’s own", file: issue.file, path: here(issue.file), line: null, link }) : close();
  show({ name: part.name, file: issue.file, path: `issues/${issue.name}`, line: part.line, end: part.end, link });
});

on("place", (problem) => {
  const issue = state.issue;
  const part = problem.place === null ? null : issue.parts[problem.place];
  if (problem.place !== null) reveal(problem.place);
  show({
    name: part ? part.name : problem.message, file: problem.file, path: problem.path,
    line: problem.line, end: problem.line, column: problem.column ?? 1, excerpt: problem.excerpt,
  });
  if (settings.tab === "yaml" && problem.file === issue.file && problem.line) showLine(problem.line);
});

// What is shown stays in step with the file: its part may have other lines now.
on("issue", () => {
  if (!shown) return;
  if (shown.issue !== state.issue?.name) return close();
  const part = state.issue.parts.find((one) => one.name === shown.name);
  show(part && shown.file === state.issue.file && shown.end > shown.line ? { ...shown, line: part.line, end: part.end } : shown);
});
on("escape", close);
on("beside", () => state.beside && close());
by("place-close").addEventListener("click", close);

export const editors = Object.entries(EDITORS).map(([key, [label]]) => [key, label]);
