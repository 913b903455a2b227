// What a platform may spoil, measured in the page: every function returns offenders. The email is
// what stands in the platform's `#slot`, or all of the page but what the platform has added.

window.platform = (() => {
    const slot = () => document.getElementById("slot") ?? document.body;
    const own = (selector) => [...slot().querySelectorAll(selector)]
        .filter((element) => !element.closest("[data-platform]"));
    const short = (text) => text.trim().slice(0, 50);
    const room = () => {
        const [box, style] = [slot().getBoundingClientRect(), getComputedStyle(slot())];
        return [box.left + parseFloat(style.paddingLeft), box.right - parseFloat(style.paddingRight)];
    };

    // What reaches out of the place that the email has.
    const outside = () => {
        const [left, right] = room();
        return own("*").map((element) => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.left < left - 0.5 || box.right > right + 0.5))
            .map(([element, box]) => [element.tagName, short(element.textContent), box.width]);
    };

    // The width of the email, if it is not 600 pixels, or all that there is where there is less.
    const notInColumn = () => {
        const [left, right] = room();
        const boxes = own("table").map((table) => table.getBoundingClientRect());
        const widest = Math.max(0, ...boxes.map(({ width }) => width).filter((w) => w <= 600.5));
        return Math.abs(widest - Math.min(600, right - left)) <= 1 ? [] : [widest, right - left];
    };

    // Lines of words that touch each other.
    const cramped = () => own("p,li,h1,h2,h3,a,strong").filter((element) => {
        const style = getComputedStyle(element);
        return element.textContent.trim()
            && !(parseFloat(style.lineHeight) >= 1.15 * parseFloat(style.fontSize));
    }).map((element) => [element.tagName, short(element.textContent)]);

    // Links that are told from words by their colour only.
    const notUnderlined = () => own("a[href]").filter((link) =>
        ![link, link.firstElementChild ?? link].some((element) =>
            getComputedStyle(element).textDecorationLine.includes("underline")),
    ).map((link) => short(link.textContent));

    // Blocks and links with nothing in them. A no-break space is something: it makes a line.
    const empty = () => own("p,h1,h2,h3,ul,ol,li,a[href]")
        .filter((element) => /^[ \t\n]*$/.test(element.textContent) && !element.querySelector("img"))
        .map((element) => element.outerHTML.slice(0, 80));

    // Every letter that is shown, in order.
    const letters = () => {
        const walker = document.createTreeWalker(slot(), NodeFilter.SHOW_TEXT);
        let found = "";
        while (walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const { parentElement, data } = walker.currentNode;
            if (range.getClientRects().length && !parentElement.closest("[data-platform]")) {
                found += data.replace(/\s+/g, "");
            }
        }
        return found;
    };

    const links = () => own("a[href]").map((link) =>
        [link.textContent.replace(/\s+/g, " ").trim(), link.getAttribute("href")]);

    // What is wrong with the page on a screen of this width; `blocked` if its pictures are.
    const faults = (blocked) => Object.fromEntries(Object.entries({
        ...inbox.layoutFaults(blocked),
        "outside the column": outside(),
        "not in the column": notInColumn(),
        // It takes the longest to measure, and no rule for phones changes a colour.
        "low contrast": innerWidth > 600 ? inbox.lowContrast() : [],
        "cramped": cramped(),
        "small": inbox.smallTexts(14),
        "links like words": notUnderlined(),
        "headings": inbox.badHeadings(),
        "jumps": inbox.jumps(),
        "empty": empty(),
    }).filter(([, found]) => found.length));

    // What only a <style> can change: the size of the title, and the colour of the headings.
    const dress = () => {
        const [title, ...headings] = own("h1,h2,h3").map((heading) => getComputedStyle(heading));
        return [title.fontSize, ...new Set(headings.map(({ color }) => color))];
    };

    return {
        cramped, dress, empty, faults, letters, links, notInColumn, notUnderlined, outside,
    };
})();
