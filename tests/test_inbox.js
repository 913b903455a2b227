// What an email looks like, measured in the page itself: every function returns offenders, and
// nothing where all is well. The tests call them as `inbox.NAME()`.

window.inbox = (() => {
    const all = (selector) => [...document.body.querySelectorAll(selector)];
    const short = (text) => text.trim().slice(0, 50);
    const round = (value) => Math.round(value * 100) / 100;

    // --- texts and where they stand ---

    const shownTexts = () => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const boxes = [...range.getClientRects()].filter((box) => box.width && box.height);
            if (boxes.length) found.push({ element: node.parentElement, words: node.data, boxes });
        }
        return found;
    };
    const blockedImages = () => all("img[alt]").filter((img) => img.alt && !img.naturalWidth);
    const shownAlts = () => blockedImages().map((img) =>
        ({ element: img, words: img.alt, boxes: [img.getBoundingClientRect()] }));

    const column = () => {
        const left = (document.documentElement.clientWidth - 600) / 2;
        return [left - 0.5, left + 600.5];
    };

    // Boxes that reach out of the 600 px in the middle. Only what spans the whole page, and holds
    // nothing but its ground, may be wider.
    const outsideColumn = () => {
        const [left, right] = column();
        const out = (box) => box.left < left || box.right > right;
        const page = document.body.getBoundingClientRect().width - 1;
        const boxes = all("*")
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.width && out(box) && box.width < page)
            .map(([element, box]) => [element.tagName, short(element.textContent), box.width]);
        const words = shownTexts().filter(({ boxes }) => boxes.some(out))
            .map(({ words }) => ["words", short(words)]);
        return [...boxes, ...words];
    };

    // Pairs of texts of which one is drawn over the other, blocked images' words included. The
    // upper and lower fifth of a box is where letters of neighbouring lines may meet.
    const overlaps = () => {
        const boxes = [...shownTexts(), ...shownAlts()].flatMap((text, index) =>
            text.boxes.map((box) => ({
                index, words: short(text.words), left: box.left + 1, right: box.right - 1,
                top: box.top + box.height / 5, bottom: box.bottom - box.height / 5,
            })));
        boxes.sort((one, two) => one.top - two.top);
        const found = [];
        boxes.forEach((one, place) => {
            for (const two of boxes.slice(place + 1)) {
                if (two.top >= one.bottom) break;
                if (one.index !== two.index && one.left < two.right && two.left < one.right) {
                    found.push([one.words, two.words]);
                }
            }
        });
        return found;
    };

    // --- colours ---

    const rgba = (colour) => {
        const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
        return [red, green, blue, alpha];
    };
    const over = ([...top], [...below]) =>
        [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const hex = (colour) =>
        "#" + colour.slice(0, 3).map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");
    const luminance = (colour) => colour.slice(0, 3).map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (one, two) => {
        const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };

    // The colour that a page without any has, which depends on its colour scheme.
    const canvas = () => {
        const probe = document.createElement("i");
        probe.style.color = "Canvas";
        document.documentElement.append(probe);
        const colour = rgba(getComputedStyle(probe).color);
        probe.remove();
        return colour;
    };

    // What is drawn behind the words at a place of the page, from their element downwards; nothing
    // where something else lies over them.
    const groundAt = (element, x, y, bottom) => {
        if (y < scrollY + 9 || y > scrollY + innerHeight - 9) scrollTo(0, y - innerHeight / 2);
        const stack = document.elementsFromPoint(x - scrollX, y - scrollY);
        const place = stack.findIndex((one) => one === element || element.contains(one));
        const covered = stack.slice(0, place)
            .some((one) => rgba(getComputedStyle(one).backgroundColor)[3]);
        if (place < 0 || covered) return null;
        return stack.slice(place).reverse().reduce((ground, one) => {
            const style = getComputedStyle(one);
            const known = style.backgroundImage === "none" && style.opacity === "1";
            return known && ground && over(rgba(style.backgroundColor), ground);
        }, bottom) || null;
    };

    // Every line of every visible text with its colour and with what is really behind it.
    const painted = () => {
        scrollTo(0, 0);
        const bottom = canvas();
        const lines = [...shownTexts(), ...shownAlts()].flatMap(({ element, words, boxes }) =>
            boxes.map((box) =>
                [element, words, box.left + box.width / 2, box.top + box.height / 2]));
        return lines.map(([element, words, x, y]) => {
            const style = getComputedStyle(element);
            const size = parseFloat(style.fontSize);
            const ground = groundAt(element, x, y, bottom);
            const colour = ground && over(rgba(style.color), ground);
            return {
                words: short(words),
                colour: ground && hex(colour),
                ground: ground && hex(ground),
                large: size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700),
                ratio: ground && contrast(colour, ground),
            };
        });
    };

    const unique = (values) => [...new Map(values.map((v) => [JSON.stringify(v), v])).values()];

    // Texts that stand out less than WCAG 2.2 asks for (1.4.3), or that something covers.
    const lowContrast = () => unique(painted()
        .filter(({ ratio, large }) => !(ratio >= (large ? 3 : 4.5)))
        .map(({ words, colour, ground, ratio }) => [words, colour, ground, ratio && round(ratio)]));

    // The pairs of colours that texts are drawn in.
    const colours = () => unique(painted().map(({ words, colour, ground }) =>
        [words, colour, ground]));

    // --- images ---

    // Loaded images that are not shown in their own proportions, and images that did not load.
    const distorted = () => all("img").filter((img) => {
        const box = img.getBoundingClientRect();
        const [own, shown] = [img.naturalWidth / img.naturalHeight, box.width / box.height];
        return !(Math.abs(shown / own - 1) <= 0.01);
    }).map((img) => {
        const { width, height } = img.getBoundingClientRect();
        return [img.getAttribute("src"), img.naturalWidth, img.naturalHeight, width, height];
    });

    // Blocked images whose words are small, cut off, or reach out of what the image stands in.
    const badAlts = () => blockedImages().flatMap((img) => {
        const [style, box] = [getComputedStyle(img), img.getBoundingClientRect()];
        const holder = img.parentElement.getBoundingClientRect();
        const probe = document.createElement("div");
        probe.style.cssText = `position: absolute; width: ${box.width}px; font: ${style.font}`;
        // Chromium draws a sign of 16 px before the words.
        probe.innerHTML = '<span style="display: inline-block; width: 16px"></span>';
        probe.append(img.alt);
        document.body.append(probe);
        const [high, wide] = [probe.getBoundingClientRect().height, probe.scrollWidth];
        probe.remove();
        return [
            parseFloat(style.fontSize) < 12 && `${style.fontSize} letters`,
            box.height < high - 1 && `${round(high)} px of words on ${round(box.height)} px`,
            box.width < wide - 1 && `words ${wide} px wide on ${round(box.width)} px`,
            (box.left < holder.left - 1 || box.right > holder.right + 1) && "wider than its place",
        ].filter(Boolean).map((fault) => [img.alt, fault]);
    });

    // --- words ---

    // Headings that are out of order or empty: one h1 first, then never more than one level down.
    const badHeadings = () => all("h1,h2,h3,h4,h5,h6")
        .map((heading) => [Number(heading.tagName[1]), short(heading.textContent)])
        .filter(([level, words], index, list) => {
            const before = index ? list[index - 1][0] : 0;
            return !words || level > before + 1 || (level === 1) !== (index === 0);
        });

    // The visible texts, without the list of contents: a plain text has nothing to jump with.
    const texts = () => shownTexts()
        .filter(({ element }) => !element.closest('a[href^="#"]'))
        .map(({ words }) => words);

    const badLinks = () => all("a[href]").filter((link) =>
        !link.style.textDecoration.includes("underline")
        || getComputedStyle(link).textDecorationLine !== "underline",
    ).map((link) => short(link.textContent));

    const smallTexts = (least) => shownTexts()
        .map(({ element, words }) => [short(words), parseFloat(getComputedStyle(element).fontSize)])
        .filter(([, size]) => size < least);

    // Width, and the space left and right, of the email; and the space before its title.
    const card = () => {
        const title = document.querySelector("h1");
        let outer = title;
        while (outer.parentElement.getBoundingClientRect().width <= 600) {
            outer = outer.parentElement;
        }
        const [box, words] = [outer.getBoundingClientRect(), title.getBoundingClientRect()];
        const right = document.documentElement.clientWidth - box.right;
        return [box.width, box.left, right, words.left - box.left, box.right - words.right];
    };

    // --- pictures beside words ---

    const beside = () => all(".aside")
        .map((aside) => [aside.querySelector("img"), aside.nextElementSibling])
        .filter(([picture, words]) => picture && words)
        .map(([picture, words]) => ({
            picture: picture.getBoundingClientRect().toJSON(),
            aside: picture.parentElement.getBoundingClientRect().toJSON(),
            words: words.getBoundingClientRect().toJSON(),
        }));

    // --- right to left ---

    const edges = (element) => {
        const [box, style] = [element.getBoundingClientRect(), getComputedStyle(element)];
        return [box.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth),
            box.right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth)];
    };

    // Blocks of words whose first line does not begin at the right edge of where they stand;
    // those in the middle are a masthead's.
    const notFromRight = () => all("p,h1,h2,h3,li").filter((block) => {
        if (getComputedStyle(block).textAlign === "center" || !block.textContent.trim()) return false;
        const range = document.createRange();
        range.selectNodeContents(block);
        const lines = [...range.getClientRects()].filter((box) => box.width > 1);
        if (!lines.length) return false;
        const [, right] = edges(block);
        const first = Math.min(...lines.map((box) => box.top));
        const height = lines[0].height;
        const end = Math.max(...lines.filter((box) => box.top < first + height)
            .map((box) => box.right));
        return Math.abs(right - end) > 2;
    }).map((block) => [block.tagName, short(block.textContent)]);

    // Lists and quotations that are not set in from the right, or that are from the left.
    const notIndentedRight = () => all("ul,ol,blockquote,[role=blockquote]").filter((block) => {
        const first = block.querySelector("li,p") ?? block;
        const [outer, inner] = [block.getBoundingClientRect(), first.getBoundingClientRect()];
        const [right, left] = [outer.right - inner.right, inner.left - outer.left];
        const listless = getComputedStyle(block).listStyleType === "none";
        return listless ? right || left : !(right >= 16 && left < right);
    }).map((block) => [block.tagName, short(block.textContent)]);

    const jumps = () => all('a[href^="#"]').filter((link) => {
        const target = document.getElementById(link.getAttribute("href").slice(1));
        return target?.closest("h2")?.textContent.trim() !== link.textContent.trim();
    }).map((link) => [link.getAttribute("href"), link.textContent]);

    // What is wrong with the layout on a screen of this width, pictures blocked or not.
    const layoutFaults = (blocked) => Object.fromEntries(Object.entries({
        "sideways scroll": document.documentElement.scrollWidth > innerWidth
            ? [document.documentElement.scrollWidth] : [],
        "outside the column": innerWidth > 600 ? outsideColumn() : [],
        "words over words": overlaps(),
        "words for pictures": blocked ? badAlts() : [],
        "pictures": blocked ? [] : distorted(),
    }).filter(([, faults]) => faults.length));

    // What axe finds: each rule with each element that breaks it. Nothing is loaded before, as an
    // email has no sheets or media elsewhere.
    const violations = async (options) => (await axe.run({
        resultTypes: ["violations"], selectors: false, preload: false, ...options,
    })).violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.html]));

    // Whether the page has its styles, and the marks of Outlook on the web.
    const dress = (styles, marks) => {
        [...document.styleSheets].forEach((sheet) => { sheet.disabled = !styles; });
        ["data-ogsc", "data-ogsb"].forEach((name) => document.body.toggleAttribute(name, marks));
    };

    return {
        badAlts, badHeadings, badLinks, beside, card, colours, distorted, dress, jumps,
        layoutFaults, lowContrast, notFromRight, notIndentedRight, outsideColumn, overlaps,
        smallTexts, texts, violations,
    };
})();
