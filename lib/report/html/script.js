// The page's one script. Everything readable is there without it; it remembers the reader's
// choices, marks the current section, and makes the download buttons.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = JSON.parse(document.body.dataset.words);
  // As the reader's spreadsheet writes numbers.
  const DECIMAL = (0.5).toLocaleString(root.lang).at(1);
  const SVG = "http://www.w3.org/2000/svg";
  const FILE_FONT = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
  root.classList.add("with-script");

  // A browser may deny a page that was opened from a disk its storage.
  const memory = {
    read(key) {
      try {
        return localStorage.getItem(`report-${key}`);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(`report-${key}`, value);
      } catch {
        // The choice then lasts until the page is closed.
      }
    },
  };

  // This script stands before the text, so that remembered choices are there at the first paint.
  const notes = document.getElementById("page-notes");
  notes.checked = memory.read("notes") === "on";
  notes.addEventListener("change", () => {
    // The first thing in view stays where it is when notes appear above it.
    const anchor = [...document.querySelectorAll("main :is(h1, h2, h3, figure, p, table)")]
      .find((each) => each.getBoundingClientRect().bottom > 80 && !each.closest(".notes"));
    const before = anchor?.getBoundingClientRect().top ?? 0;
    memory.write("notes", notes.checked ? "on" : "off");
    const after = anchor?.getBoundingClientRect().top ?? 0;
    scrollBy({ top: after - before, behavior: "instant" });
  });
  const themes = [...document.querySelectorAll('input[name="page-theme"]')];
  for (const theme of themes) {
    theme.checked = theme.value === (memory.read("theme") ?? "auto");
    theme.addEventListener("change", () => memory.write("theme", theme.value));
  }

  // What stands behind "Details" is printed where it is open.
  const unfolded = document.getElementById("page-details");
  unfolded.checked = false;
  unfolded.addEventListener("change", () => {
    for (const fold of document.querySelectorAll("details.more")) fold.open = unfolded.checked;
  });

  // The other language opens where this one is read.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a.language-link");
    if (link) link.hash = location.hash;
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    followReader();
    closeMenuAfterUse();
    calmTables();
  });
  // A report that is being worked on puts new parts into the page.
  for (const event of ["DOMContentLoaded", "report-changed"]) {
    for (const add of [addFigureDownloads, addTableDownloads, walkCharts]) {
      document.addEventListener(event, add);
    }
  }

  /** Marks the section being read in the navigation. */
  function followReader() {
    let list, links, headings, current;
    let waiting = false;
    const look = () => {
      list = document.querySelector(".contents-list");
      links = new Map([...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
      headings = [...document.querySelectorAll("main :is(h2, h3)[id]")];
      current = null;
      update();
    };
    const update = () => {
      waiting = false;
      const end = innerHeight + scrollY >= root.scrollHeight - 2;
      const passed = headings.filter((heading) =>
        heading.getBoundingClientRect().top < (end ? innerHeight : 96)
      );
      const link = links.get(passed.at(-1)?.id) ?? null;
      if (link === current) return;
      current?.removeAttribute("aria-current");
      for (const open of list.querySelectorAll(".current")) open.classList.remove("current");
      current = link;
      if (link === null) return;
      link.setAttribute("aria-current", "location");
      link.closest(".contents-chapter").classList.add("current");
      const box = list.getBoundingClientRect();
      const place = link.getBoundingClientRect();
      if (place.top < box.top || place.bottom > box.bottom) {
        list.scrollTop += place.top - box.top - box.height / 3;
      }
    };
    const soon = () => {
      if (!waiting) requestAnimationFrame(update);
      waiting = true;
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    document.addEventListener("report-changed", look);
    look();
  }

  function closeMenuAfterUse() {
    const menu = document.getElementById("page-contents");
    if (!("hidePopover" in menu)) return;
    const close = () => menu.matches(":popover-open") && menu.hidePopover();
    menu.addEventListener("click", ({ target }) => target.closest("a") && close());
    matchMedia("(min-width: 64rem)").addEventListener("change", close);
  }

  /** A table that fits its box needs no stop of its own for the keyboard. */
  function calmTables() {
    const update = () => {
      for (const box of document.querySelectorAll(".table-scroll")) {
        if (box.clientWidth === 0) continue;
        box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
        if (box.tabIndex < 0) box.removeAttribute("tabindex");
      }
    };
    addEventListener("resize", update, { passive: true });
    document.addEventListener("toggle", update, true);
    document.addEventListener("change", update);
    document.addEventListener("report-changed", update);
    update();
  }

  /** The arrow keys go from one number of a chart to the next; each is said with its share and n. */
  function walkCharts() {
    for (const figure of document.querySelectorAll("main figure.chart[data-name]")) {
      const name = CSS.escape(figure.dataset.name);
      const table = figure.querySelector("table") ??
        figure.closest("section")?.querySelector(`.more table[data-name="${name}"]`);
      if (!table?.tBodies[0] || figure.querySelector(".walk")) continue;
      const said = Object.assign(document.createElement("p"), {
        className: "walk",
        role: "status",
      });
      figure.querySelector("figcaption")?.before(said);
      figure.tabIndex = 0;
      const title = figure.querySelector(".headline")?.textContent ?? "";
      figure.setAttribute("aria-label", `${title}. ${words.walk}`);
      const rows = [...table.tBodies[0].rows];
      let at = -1;
      figure.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step === undefined || event.target !== figure) return;
        event.preventDefault();
        at = Math.min(Math.max(at + step, 0), rows.length - 1);
        said.textContent = spoken(rows[at], [...table.tHead.rows[0].cells]);
        point(rows[at].dataset.of?.split(" ") ?? []);
      });
      // What is spoken stands out from the others for who sees, too.
      const point = (names) => {
        for (const mark of figure.querySelectorAll("[data-of]:not(tr)")) {
          mark.classList.toggle("aside", names.length > 0 && !names.includes(mark.dataset.of));
        }
      };
      figure.addEventListener("blur", () => point([]));
    }
  }

  /** A row in words: what it is, its share, and how many were asked. */
  function spoken(row, heads) {
    const cells = [...row.cells].map((cell, index) => ({
      text: cell.textContent.trim(),
      head: heads[index].textContent.trim(),
      isNumber: cell.classList.contains("num"),
    }));
    const names = cells.filter(({ text, isNumber }) => !isNumber && text !== "");
    const numbers = cells.filter(({ isNumber }) => isNumber);
    const chosen = numbers.filter(({ head }, index) => index === 0 || head === "n");
    return `${names.map(({ text }) => text).join(", ")}: ${
      chosen.map(({ head, text }) => `${head} ${text}`).join(", ")
    }`;
  }

  function button(text, label, action) {
    const element = document.createElement("button");
    element.addEventListener("click", action);
    return Object.assign(element, { type: "button", textContent: text, ariaLabel: label });
  }

  function downloads(...buttons) {
    const box = Object.assign(document.createElement("div"), { className: "downloads" });
    const label = { textContent: words.download, ariaHidden: "true" };
    box.append(Object.assign(document.createElement("span"), label), ...buttons);
    return box;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function addFigureDownloads() {
    for (const [index, figure] of document.querySelectorAll("main figure.chart").entries()) {
      const drawing = figure.querySelector(
        "svg.chart-svg[viewBox]:not(.narrow-only):not(.narrow-only *)",
      );
      if (!drawing || figure.querySelector(":scope > .downloads")) continue;
      const name = figure.dataset.name || `${words.figure.toLowerCase()}-${index + 1}`;
      const title = figure.querySelector(".headline, .question")?.textContent.trim() || name;
      const label = (type) => `${words.downloadFigureAs} ${type}: ${title}`;
      const picture = button("PNG", label("PNG"), async () => {
        try {
          save(await pngOf(figure, drawing), `${name}.png`);
        } catch {
          picture.textContent = words.downloadFailed;
          picture.disabled = true;
        }
      });
      const vector = button("SVG", label("SVG"), () => {
        save(
          new Blob([standalone(figure, drawing).text], { type: "image/svg+xml" }),
          `${name}.svg`,
        );
      });
      // A caption has to be the first or the last child of its figure.
      const caption = figure.querySelector(":scope > figcaption:last-child");
      figure.insertBefore(downloads(vector, picture), caption);
    }
  }

  /**
   * A figure as a drawing of its own: headline and question above, who was asked and where the numbers
   * are from below, so that none travels without its base. The drawing's attributes hold the light
   * colours.
   */
  function standalone(figure, drawing) {
    const copy = drawing.cloneNode(true);
    const view = drawing.viewBox.baseVal;
    const margin = 16;
    const typeset = (texts, size, weight, fill) =>
      texts.flatMap((text) => wrapped(text, size, weight, view.width))
        .map((text) => ({ text, size, weight, fill }));
    // Each of several questions, and each paragraph of a caption, is a line of its own.
    const words = (selector) =>
      [...figure.querySelectorAll(`:scope > ${selector}`)]
        .flatMap((element) => element.innerText.split(/\n+/));
    const above = [
      ...typeset(words(".headline"), 18, 600, "#1c2025"),
      ...typeset(words(".question"), 13, 400, "#5a6169"),
    ];
    const notice = document.querySelector(".masthead .notice")?.textContent ?? "";
    const below = [
      ...typeset(words("figcaption"), 12, 400, "#5a6169"),
      ...typeset([document.body.dataset.source], 12, 400, "#5a6169"),
      ...typeset([notice], 12, 600, "#5b3f00"),
    ];
    const heightOf = (lines) =>
      Math.ceil(lines.reduce((sum, { size }) => sum + size * 1.4, lines.length > 0 ? 12 : 0));
    const x = view.x - margin;
    const y = view.y - margin - heightOf(above);
    const width = view.width + 2 * margin;
    const height = view.height + 2 * margin + heightOf(above) + heightOf(below);

    const set = (element, attributes) => {
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const viewBox = [x, y, width, height].join(" ");
    set(copy, { class: "", xmlns: SVG, viewBox, width, height, "font-family": FILE_FONT });
    const added = (name, attributes, text = "") => {
      const element = set(document.createElementNS(SVG, name), attributes);
      element.textContent = text;
      return element;
    };
    const lines = (entries, top) =>
      entries.map(({ text, size, weight, fill }) => {
        top += size * 1.4;
        const place = { x: view.x, y: (top - size * 0.35).toFixed(1), "text-anchor": "start" };
        return added("text", { ...place, fill, "font-size": size, "font-weight": weight }, text);
      });
    const paper = added("rect", { x, y, width, height, fill: "#ffffff" });
    copy.querySelector(":scope > :not(title, desc)").before(paper);
    copy.append(...lines(above, y + margin), ...lines(below, view.y + view.height + 12));
    return { text: new XMLSerializer().serializeToString(copy), width, height };
  }

  /** Breaks a text into lines that fit. */
  function wrapped(text, size, weight, width) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${weight} ${size}px ${FILE_FONT}`;
    const lines = [""];
    for (const word of text.trim().split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      // A little room is left for the fonts of another machine.
      if (context.measureText(longer).width * 1.06 <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter((line) => line !== "");
  }

  async function pngOf(figure, drawing) {
    const { text, width, height } = standalone(figure, drawing);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const size = { width: Math.round(width * 2), height: Math.round(height * 2) };
    const canvas = Object.assign(document.createElement("canvas"), size);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture")), "image/png");
    });
  }

  function addTableDownloads() {
    for (const [index, box] of document.querySelectorAll("main .table-scroll").entries()) {
      if (box.nextElementSibling?.matches(".downloads")) continue;
      const table = box.querySelector("table");
      const name = table.dataset.name || `${words.table.toLowerCase()}-${index + 1}`;
      const title = box.getAttribute("aria-label");
      const csv = button("CSV", `${words.downloadTableAs} CSV: ${title}`, () => {
        // The mark at the start tells Excel that the text is UTF-8.
        save(
          new Blob([`\uFEFF${csvOf(table)}`], { type: "text/csv;charset=utf-8" }),
          `${name}.csv`,
        );
      });
      const copy = button(words.copy, `${words.copyTable}: ${title}`, () => {
        copyTable(table);
        copy.textContent = words.copied;
      });
      box.after(downloads(csv, copy));
    }
  }

  /** Puts a table on the clipboard as Excel and Word take tables, and as text with tabs between. */
  function copyTable(table) {
    const cells = gridOf(table, shownText);
    const escaped = (text = "") =>
      Object.assign(document.createElement("td"), { textContent: text }).outerHTML;
    const rows = cells.map((row) =>
      `<tr>${Array.from(row, (text) => escaped(text)).join("")}</tr>`
    );
    document.addEventListener("copy", (event) => {
      event.clipboardData.setData("text/html", `<table>${rows.join("")}</table>`);
      event.clipboardData.setData("text/plain", cells.map((row) => row.join("\t")).join("\r\n"));
      event.preventDefault();
    }, { once: true });
    document.execCommand("copy");
  }

  function csvOf(table) {
    const separator = DECIMAL === "," ? ";" : ",";
    return gridOf(table).map((row) =>
      Array.from(
        row,
        (text = "") =>
          /["\r\n]/.test(text) || text.includes(separator)
            ? `"${text.replaceAll('"', '""')}"`
            : text,
      ).join(separator) + "\r\n"
    ).join("");
  }

  /** The table's values by row and column; one that spans several stands in the first of them. */
  function gridOf(table, textOf = valueOf) {
    const grid = [...table.rows].map(() => []);
    for (const [y, row] of [...table.rows].entries()) {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x] !== undefined) x++;
        for (let down = 0; down < cell.rowSpan && y + down < grid.length; down++) {
          for (let right = 0; right < cell.colSpan; right++) {
            grid[y + down][x + right] = down + right === 0 ? textOf(cell) : "";
          }
        }
        x += cell.colSpan;
      }
    }
    return grid;
  }

  function valueOf(cell) {
    const raw = cell.dataset.value;
    if (raw !== undefined && raw.trim() !== "" && Number.isFinite(Number(raw))) {
      return raw.replace(".", DECIMAL);
    }
    const text = raw?.replace(/\s+/g, " ").trim();
    return text === undefined ? shownText(cell) : plainOrSafe(text);
  }

  function shownText(cell) {
    return plainOrSafe((cell.innerText ?? cell.textContent).replace(/\s+/g, " ").trim());
  }

  function plainOrSafe(text) {
    return /^[+-]?\d[\d.,]*$/.test(text) ? text : withoutFormulas(text);
  }

  /**
   * Text that a spreadsheet does not take for a formula: not at its beginning, nor after a separator at
   * which a spreadsheet in another language would end the cell.
   */
  function withoutFormulas(text) {
    return text.replace(/(^|[;,|\t]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1'");
  }
})();
