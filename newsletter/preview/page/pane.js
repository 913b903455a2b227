// A window in which an email is shown, as wide as a reader's.

import { make } from "./dom.js";
import { boxOf, locate, partAt } from "./parts.js";

const NARROWEST = 240;
const WIDEST = 1600;

export const within = (width) => Math.min(Math.max(Math.round(width), NARROWEST), WIDEST);

/** `picked(part, link)` is called when somebody clicks in the email, `resized(width)` when they
 * draw at its edge, `pressed(event)` when they press a key in it. */
export class Pane {
  constructor(title, { picked, resized, pressed, scrolled }) {
    this.calls = { picked, resized, pressed, scrolled };
    this.title = title;
    this.caption = make("figcaption", { class: "pane-caption", hidden: true });
    this.glass = make("div", { class: "glass" });
    this.handle = make("div", {
      class: "handle", role: "slider", tabIndex: 0, "aria-label": "Width of the email",
      "aria-orientation": "horizontal", "aria-valuemin": NARROWEST, "aria-valuemax": WIDEST,
      onpointerdown: (event) => this.drag(event), onkeydown: (event) => this.nudge(event),
    });
    this.body = make("div", { class: "pane-body" }, this.glass, this.handle);
    this.element = make("figure", { class: "pane" }, this.caption, this.body);
    this.frame = null;
    this.located = [];
    this.parts = [];
    this.marks = [];
    this.width = 1024;
    this.turn = 0;
  }

  get page() {
    return this.frame?.contentDocument ?? null;
  }

  /** Shows the email at `address`; where it was scrolled to stays. True once it is on the screen,
   * false if there is none, or another one was wanted meanwhile. */
  async show(address) {
    const turn = ++this.turn;
    const next = make("iframe", {
      title: this.title, class: "waiting", sandbox: "allow-same-origin",
      referrerPolicy: "no-referrer",
    });
    next.src = address;
    next.style.width = `${this.width}px`;
    next.style.height = this.frame?.style.height ?? "";
    this.give?.();
    const loaded = new Promise((done) => {
      this.give = done; // one that is taken out never loads
      next.addEventListener("load", done, { once: true });
    });
    this.glass.append(next);
    this.size(next);
    await loaded;
    if (turn !== this.turn || next.contentDocument?.contentType !== "text/html") {
      next.remove();
      return false;
    }
    const anchor = this.anchor();
    const focused = this.frame && document.activeElement === this.frame;
    this.frame?.remove();
    this.frame = next;
    if (anchor?.y) {
      this.located = locate(this.page, this.parts);
      this.scrollTo(anchor);
    }
    next.classList.remove("waiting");
    if (focused) next.focus({ preventScroll: true });
    this.listen();
    this.observe();
    setTimeout(() => turn === this.turn && this.setParts(this.parts)); // once it has been painted
    return true;
  }

  clear() {
    this.turn += 1;
    this.give?.();
    this.glass.replaceChildren();
    this.observer?.disconnect();
    this.frame = null;
    this.located = [];
    this.marks = [];
  }

  /** Takes note of where the parts of the issue are in what is shown. */
  setParts(parts) {
    this.parts = parts;
    this.located = locate(this.page, parts);
    this.mark(this.marks.map(({ number, kind }) => [number, kind]));
  }

  listen() {
    const page = this.page;
    page.addEventListener("click", (event) => {
      event.preventDefault(); // a link would lead away from the preview
      const element = event.target.nodeType === Node.TEXT_NODE ? event.target.parentElement : event.target;
      const link = element.closest?.("a[href]");
      const one = partAt(this.located, element);
      this.calls.picked(one ? one.number : null, link?.getAttribute("href") ?? "");
    });
    page.addEventListener("auxclick", (event) => event.preventDefault());
    page.addEventListener("keydown", (event) => this.calls.pressed(event));
    page.defaultView.addEventListener("scroll", () => this.calls.scrolled?.(this), { passive: true });
  }

  observe() {
    this.observer?.disconnect();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.page.documentElement);
  }

  // --- where it is scrolled to --------------------------------------------------------------------

  /** What stands at the top of the window, and how far below its edge. */
  anchor() {
    const page = this.page;
    if (!page?.body) return null;
    const view = page.defaultView;
    if (!view.scrollY) return null;
    let last = null; // the part that fills the window, if none begins in it
    for (const one of this.located) {
      const box = boxOf(page, this.located, one);
      if (!box || box.top >= view.scrollY + view.innerHeight) continue;
      last = { key: one.part.prints.join(), below: box.top - view.scrollY, y: view.scrollY };
      if (box.top >= view.scrollY - 1) return last;
    }
    return last ?? { key: null, below: 0, y: view.scrollY };
  }

  scrollTo(anchor) {
    const page = this.page;
    if (!anchor || !page?.body) return;
    const one = this.located.find((other) => other.part.prints.join() === anchor.key);
    const box = one && boxOf(page, this.located, one);
    page.defaultView.scrollTo(0, box ? box.top - anchor.below : anchor.y);
  }

  /** Brings a part of the issue into the window. True if it is there. */
  reveal(number) {
    const one = this.located.find((other) => other.number === number);
    const box = one && boxOf(this.page, this.located, one);
    if (!box) return false;
    const view = this.page.defaultView;
    const room = Math.max((view.innerHeight - box.height) / 2, 24);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.scrollTo({ top: box.top - room, behavior: calm ? "instant" : "smooth" });
    return true;
  }

  // --- marks --------------------------------------------------------------------------------------

  /** Marks parts: pairs of a number and a kind ("picked", "new", "changed", "moved", "gone"). */
  mark(pairs) {
    for (const { element } of this.marks) element.remove();
    const page = this.page;
    this.marks = !page?.body ? [] : pairs.map(([number, kind]) => {
      const element = page.createElement("div");
      element.setAttribute("aria-hidden", "true");
      element.dataset.mark = kind;
      page.body.append(element);
      return { number, kind, element };
    });
    this.draw();
  }

  draw() {
    for (const { number, kind, element } of this.marks) {
      const one = this.located.find((other) => other.number === number);
      const box = one && boxOf(this.page, this.located, one);
      const ink = { picked: "#0b7a8a", new: "#1a7f4b", changed: "#b26a00", moved: "#5b5bd6", gone: "#c0362c" }[kind];
      Object.assign(element.style, {
        display: box ? "block" : "none", position: "absolute", zIndex: "99", pointerEvents: "none",
        boxSizing: "border-box", borderRadius: "4px", boxShadow: `0 0 0 2px ${ink}`,
        background: `${ink}14`,
      });
      if (box) {
        Object.assign(element.style, {
          left: `${box.left - 8}px`, top: `${box.top - 6}px`,
          width: `${box.width + 16}px`, height: `${box.height + 12}px`,
        });
      }
    }
  }

  // --- its size -----------------------------------------------------------------------------------

  /** Has the window be `width` wide, as large as there is `room` for if it is to `fit`. */
  resize(width, room, fit) {
    this.width = width;
    this.room = room;
    this.scale = fit ? Math.min(1, room.width / width) : 1;
    for (const frame of this.glass.children) this.size(frame);
    this.glass.style.width = `${width * this.scale}px`;
    this.glass.style.height = `${room.height}px`;
    this.handle.setAttribute("aria-valuenow", width);
    this.handle.setAttribute("aria-valuetext", `${width} pixels`);
    this.draw();
  }

  size(frame) {
    if (!this.room) return;
    frame.style.width = `${this.width}px`;
    frame.style.height = `${this.room.height / this.scale}px`;
    frame.style.transform = this.scale === 1 ? "none" : `scale(${this.scale})`;
  }

  drag(event) {
    event.preventDefault();
    const from = { x: event.clientX, width: this.width, scale: this.scale };
    this.handle.setPointerCapture(event.pointerId);
    this.body.classList.add("dragging");
    this.handle.focus();
    const move = (moved) => {
      // The window is in the middle: it grows on both sides.
      this.calls.resized(within(from.width + (2 * (moved.clientX - from.x)) / from.scale));
    };
    const end = () => {
      this.body.classList.remove("dragging");
      this.handle.removeEventListener("pointermove", move);
    };
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("lostpointercapture", end, { once: true });
  }

  nudge(event) {
    const step = { ArrowLeft: -10, ArrowDown: -10, ArrowRight: 10, ArrowUp: 10, PageUp: 100, PageDown: -100 }[event.key];
    const width = step ? this.width + step : { Home: NARROWEST, End: WIDEST }[event.key];
    if (width === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.calls.resized(within(width));
  }
}
