// What is shown just now, and what the browser remembers of how it is shown.

const STORE = "newsletter-preview";

const DEFAULTS = {
  tab: "email",
  width: innerWidth < 600 ? 375 : innerWidth < 1440 ? 768 : 1024,
  widthBeside: 640, // of each, when there are two
  scheme: "light",
  images: true,
  styles: true,
  cut: false,
  fit: true,
  web: false,
  inbox: innerHeight > 940 && innerWidth >= 600,
  list: true,
  theme: "",
  keys: true,
  editor: "vscode",
  pattern: "",
  platforms: {}, // by the newsletter's folder
};

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

/** How it is shown. */
export const settings = { ...DEFAULTS };
for (const [key, value] of Object.entries(stored())) {
  if (Object.hasOwn(DEFAULTS, key) && value !== null && typeof value === typeof DEFAULTS[key]) settings[key] = value;
}
if (!["light", "dark", "forced"].includes(settings.scheme)) settings.scheme = "light";
settings.width = Math.min(Math.max(Math.round(settings.width), 240), 1600);

/** What is shown: the newsletter, the issue, what stands beside it ("", "committed", a name), and
 * whether newer words of the preview are waited for, or cannot come. */
export const state = { newsletter: null, platforms: [], name: "", issue: null, beside: "", waits: false, lost: false };

/** The issue that the address asks for. */
export function wanted() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

const listeners = new Map();

/** Calls `then` at each `event`. */
export function on(event, then) {
  listeners.set(event, [...(listeners.get(event) ?? []), then]);
}

export function tell(event, ...more) {
  for (const then of listeners.get(event) ?? []) then(...more);
}

/** Sets one of the settings, and remembers it. */
export function set(key, value) {
  if (settings[key] === value) return;
  settings[key] = value;
  try {
    localStorage.setItem(STORE, JSON.stringify(settings));
  } catch {
    // Private windows forget.
  }
  tell("setting", key);
}

/** The setting that has the width of the email just now. */
export const widthKey = () => (state.beside ? "widthBeside" : "width");

export const platform = () => {
  const picked = settings.platforms[state.newsletter?.folder];
  const known = !state.platforms.length || state.platforms.some((one) => one.name === picked);
  return (known && picked) || (state.newsletter?.platform ?? "");
};

export function setPlatform(name) {
  set("platforms", { ...settings.platforms, [state.newsletter.folder]: name });
}
