// The parts of an issue, found again in the email that a browser shows.
//
// An email has no marks of its own for them: what is shown is what is sent, to the byte. So a part
// is found by the words that it begins with, whatever the layout makes of it.

const BLANK = /[\s\u00ad\u200b\ufeff]+/g;

/** All words that are seen, without blanks, and where each stands. */
function words(page) {
  const starts = [];
  const nodes = [];
  let all = "";
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data.replace(BLANK, "");
    if (!text || !isSeen(node.parentElement)) continue;
    starts.push(all.length);
    nodes.push(node);
    all += text;
  }
  return { all, starts, nodes };
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

function nodeAt(found, at) {
  let low = 0;
  let high = found.starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (found.starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return found.nodes[low];
}

/** The parts that are shown in `page`, each with the `node` that it begins with, from the top. */
export function locate(page, parts) {
  if (!page?.body) return [];
  const found = words(page);
  const taken = new Set();
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isSeen);
  const located = [];

  const firstFree = (print) => {
    let at = print ? found.all.indexOf(print) : -1;
    while (at >= 0 && taken.has(at)) at = found.all.indexOf(print, at + 1);
    return at;
  };

  parts.forEach((part, number) => {
    if (part.kind === "section") {
      const heading = headings.find(
        (one) => !taken.has(one) && one.textContent.replace(BLANK, "") === part.prints[0],
      );
      if (heading) {
        taken.add(heading);
        located.push({ number, part, node: heading });
      }
      return;
    }
    const [text, title, ...links] = part.prints;
    let at = firstFree(text);
    if (at >= 0) taken.add(at);
    if (at < 0) at = title ? firstFree(title) : -1;
    if (at < 0) at = links.map(firstFree).find((one) => one >= 0) ?? -1;
    if (at < 0) return;
    taken.add(at);
    // Its title stands before its text, with no more than a line of facts between them.
    const above = title ? found.all.lastIndexOf(title, at) : -1;
    if (above >= 0 && above < at && at - above < title.length + 200) at = above;
    located.push({ number, part, node: nodeAt(found, at) });
  });

  located.sort((one, other) => order(one.node, other.node));
  return withPictures(page, located);
}

/** Parts whose picture stands above their words begin with the picture. */
function withPictures(page, located) {
  const pictures = [...page.images];
  return located.map((one, index) => {
    if (!one.part.image) return one;
    const before = located[index - 1]?.node;
    const picture = pictures.find((image) => {
      const address = (image.getAttribute("src") ?? "").split("?")[0];
      return address.endsWith(`/${one.part.image}`) && order(image, one.node) < 0 &&
        (!before || order(before, image) < 0);
    });
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
