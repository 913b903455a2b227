// The parts of an issue, found again in the email that a browser shows.
//
// An email has no marks of its own for them: what is shown is what is sent, to the byte. So a part
// is found by the words that it begins with, whatever the layout makes of it.

const BLANK = /[\s\u00ad\u200b\ufeff]+/g;

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, div";

/** All words that are seen, without blanks; where each node and each block of them begins. */
function words(page) {
  const starts = [];
  const nodes = [];
  const blocks = [];
  let all = "";
  let block = null;
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data.replace(BLANK, "");
    if (!text || !isSeen(node.parentElement)) continue;
    const inside = node.parentElement.closest(BLOCKS);
    if (inside !== block) blocks.push(all.length);
    block = inside;
    starts.push(all.length);
    nodes.push(node);
    all += text;
  }
  return { all, starts, nodes, blocks };
}

const hidden = new WeakMap();

/** Whether an element is shown: preheaders are not. */
function isSeen(element) {
  const block = element.closest("div, td, p, style, title");
  if (!block) return true;
  if (!hidden.has(block)) {
    const style = block.ownerDocument.defaultView.getComputedStyle(block);
    hidden.set(
      block,
      style.display === "none" || style.visibility === "hidden" || style.opacity === "0" ||
        parseFloat(style.maxHeight) === 0 || parseFloat(style.fontSize) < 2,
    );
  }
  return !hidden.get(block) && !["STYLE", "TITLE"].includes(block.tagName);
}

/** The number of the last of `sorted` that is not above `at`. */
function lastUpTo(sorted, at) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sorted[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The parts that are shown in `page`, each with the `node` that it begins with, from the top. */
export function locate(page, parts) {
  if (!page?.body) return [];
  const found = words(page);
  const begins = new Set(found.blocks);
  const taken = new Set();
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isSeen);
  const located = [];

  /** Where a print stands that no other part has taken: the words of an entry begin a block. */
  const free = (print, anywhere = false) => {
    let at = print ? found.all.indexOf(print) : -1;
    while (at >= 0 && (taken.has(at) || !(anywhere || begins.has(at)))) at = found.all.indexOf(print, at + 1);
    return at;
  };
  const first = (part) => {
    const [text, title, ...links] = part.prints;
    for (const print of [text, title]) if (free(print) >= 0) return free(print);
    for (const print of [text, title, ...links]) if (free(print, true) >= 0) return free(print, true);
    return -1;
  };

  // Those with words of their own first, and of them the longest: the beginning of one entry may be
  // all that another one says.
  const numbered = parts.map((part, number) => ({ part, number }));
  const length = ({ part }) => Math.max(0, ...part.prints.map((print) => print.length)) + (part.prints[0] ? 1000 : 0);
  for (const { part, number } of numbered.sort((one, other) => length(other) - length(one) || one.part.rank - other.part.rank)) {
    if (part.kind === "section") {
      const heading = headings.find(
        (one) => !taken.has(one) && one.textContent.replace(BLANK, "") === part.prints[0],
      );
      if (!heading) continue;
      taken.add(heading);
      located.push({ number, part, node: heading });
      continue;
    }
    const at = first(part);
    if (at < 0) continue;
    const from = above(found, part, at);
    for (const begin of [at, ...found.blocks.slice(lastUpTo(found.blocks, from), lastUpTo(found.blocks, at) + 1)]) taken.add(begin);
    located.push({ number, part, node: found.nodes[lastUpTo(found.starts, from)] });
  }
  for (const { part, number } of numbered) {
    const picture = part.prints.some(Boolean) ? null : pictureOf(page, part);
    if (picture) located.push({ number, part, node: picture });
  }
  located.sort((one, other) => order(one.node, other.node));
  return withPictures(page, located).map((one) => ({ ...one, node: opening(one.node) }));
}

/** Where the title and the facts of a part begin, which stand above its words at `at`. */
function above(found, part, at) {
  let from = found.blocks[lastUpTo(found.blocks, at)];
  const pieces = [part.prints[1], ...part.facts].filter(Boolean).sort((one, other) => other.length - one.length);
  const isAbout = (text) => {
    const rest = pieces.reduce((words, piece) => words.replace(piece, ""), text);
    return rest.length < text.length && rest.length <= 24; // labels, and the signs between them
  };
  if (from < at && !isAbout(found.all.slice(from, at)) && !found.all.slice(from, at).endsWith(":")) return at;
  for (let step = 0; step < 4 && from > 0; step += 1) {
    const before = found.blocks[lastUpTo(found.blocks, from - 1)];
    if (!isAbout(found.all.slice(before, from))) break;
    from = before;
  }
  return from;
}

/** What a node opens: the element all of whose words come after it. */
function opening(node) {
  let element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element.closest("p, li, h1, h2, h3, h4, h5, h6");
  return block && block.textContent.replace(BLANK, "").startsWith(node.textContent.replace(BLANK, "")) ? block : node;
}

function pictureOf(page, part) {
  return part.image && [...page.images].find((image) => isPicture(image, part));
}

function isPicture(image, part) {
  return (image.getAttribute("src") ?? "").split("?")[0].endsWith(`/${part.image}`);
}

/** Parts whose picture stands above their words begin with the picture. */
function withPictures(page, located) {
  const pictures = [...page.images];
  return located.map((one, index) => {
    if (!one.part.image) return one;
    const before = located[index - 1]?.node;
    const picture = pictures.find((image) => isPicture(image, one.part) &&
      order(image, one.node) < 0 && (!before || order(before, image) < 0));
    return picture ? { ...one, node: picture } : one;
  });
}

function order(one, other) {
  if (one === other) return 0;
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** The one of `located` that an element of the email belongs to. */
export function partAt(located, element) {
  let last = null;
  for (const one of located) {
    const position = one.node.compareDocumentPosition(element);
    const isAfter = position & Node.DOCUMENT_POSITION_FOLLOWING || one.node === element ||
      position & Node.DOCUMENT_POSITION_CONTAINS && lone(element, one, located);
    if (isAfter) last = one;
  }
  return last;
}

/** Whether an element that holds the beginning of a part holds no other part's. */
function lone(element, one, located) {
  return located.every((other) => other === one || !element.contains(other.node));
}

/** What part of the window a part takes: the box around all from its beginning to the next one's. */
export function boxOf(page, located, one) {
  const range = page.createRange();
  range.setStartBefore(one.node);
  const next = located[located.indexOf(one) + 1];
  if (next) range.setEndBefore(next.node);
  else range.setEndAfter(blockOf(one.node));
  const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  if (!boxes.length) return null;
  const scroll = page.defaultView;
  const top = Math.min(...boxes.map((box) => box.top));
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return {
    top: top + scroll.scrollY, left: left + scroll.scrollX, width: right - left,
    height: bottom - top,
  };
}

function blockOf(node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element.closest("td, div") ?? element;
}
