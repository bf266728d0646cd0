// Added to a report that is being worked on: shows what went wrong, and puts what is new in the
// place of what was there, where the reader is. VERSION and WORDS are set in lines before this one.
(() => {
  "use strict";
  const PLACE = "report-watch-place";
  const CHANGED = "report-changed";
  let version = VERSION;

  // Styles in attributes and elements are not allowed here; a constructed sheet is.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    #watch {
      position: fixed; z-index: 1000; inset: auto 0 0 0; box-sizing: border-box;
      display: flex; flex-direction: column; align-items: stretch;
      font: 15px/1.5 system-ui, sans-serif; pointer-events: none;
    }
    #watch > * { pointer-events: auto; box-sizing: border-box; }
    #watch details {
      border-top: 2px solid; padding: 0 max(16px, env(safe-area-inset-left)) 0;
      overflow-wrap: anywhere;
    }
    #watch summary { padding: 9px 0; font-weight: 600; cursor: pointer; }
    #watch summary:focus-visible, #watch pre:focus-visible { outline: 3px solid; outline-offset: -3px; }
    #watch pre {
      margin: 0; padding: 0 0 14px; max-height: 38vh; overflow: auto; white-space: pre-wrap;
      background: none; border-radius: 0; font: 13px/1.5 ui-monospace, monospace;
    }
    #watch-failure {
      background: light-dark(#fbeceb, #361d1c); color: light-dark(#7c1d1a, #ffc9c2);
      border-color: light-dark(#a12c28, #f5a199) !important;
    }
    #watch-broken {
      background: light-dark(#fdf3d8, #2f2714); color: light-dark(#5b3f00, #f2d48f);
      border-color: light-dark(#e3b64a, #8a6a1e) !important;
    }
    #watch-progress {
      align-self: flex-end; margin: 0 12px 12px; padding: 5px 12px; border-radius: 6px;
      background: #1c2025; color: #fff; border: 1px solid #6b737c;
    }
    #watch [hidden], #watch-progress:empty { display: none; }
    @media print { #watch { display: none; } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /** A message that can be folded away. */
  function foldOf(id) {
    const title = made("summary", {});
    const text = made("pre", { tabIndex: 0 });
    const fold = made("details", { id, open: true, hidden: true }, title, text);
    fold.addEventListener("toggle", makeRoom);
    return {
      fold,
      show(heading, message) {
        // A new message is not to stay folded; what is said again is not read out again.
        if (message !== null && message !== text.textContent) {
          fold.open = true;
          text.textContent = message;
        }
        if (title.textContent !== heading) title.textContent = heading;
        fold.hidden = message === null;
        if (message === null) text.textContent = "";
      },
    };
  }

  const failed = foldOf("watch-failure");
  const broken = foldOf("watch-broken");
  const progress = made("div", { id: "watch-progress" });
  progress.setAttribute("role", "status");
  const alarm = made("div", {}, failed.fold);
  alarm.setAttribute("role", "alert");
  const panel = made("aside", { id: "watch" }, progress, broken.fold, alarm);
  panel.setAttribute("aria-label", WORDS.label);
  document.body.append(panel);

  /** Room below the report, so that nothing of it is hidden for good. */
  function makeRoom() {
    const height = failed.fold.offsetHeight + broken.fold.offsetHeight;
    document.body.style.paddingBottom = height > 0 ? `${height}px` : "";
  }

  function show(state) {
    const inReport = document.querySelector("main") !== null;
    failed.show(inReport ? WORDS.oldReport : WORDS.noReport, state.failure);
    broken.show(WORDS.broken, state.broken?.[document.documentElement.lang] ?? null);
    progress.textContent = progressOf(state.running);
    makeRoom();
  }

  function progressOf(running) {
    if (running === null) return "";
    if (running.length === 0) return `${WORDS.exporting} …`;
    const names = running.length > 3 ? [...running.slice(0, 2), "…"] : running;
    return `${WORDS.running} ${names.join(", ")}${
      running.length > 3 ? ` (${running.length})` : ""
    }`;
  }

  const headings = () => [...document.querySelectorAll("main :is(h2, h3)[id]")];

  /** What a fold is known by when the page is another: the heading above it and its number there. */
  function folds() {
    const counts = new Map();
    return [...document.querySelectorAll("main details")].map((fold) => {
      const heading = fold.closest("section")?.querySelector("h2, h3")?.id ?? "";
      const count = counts.get(heading) ?? 0;
      counts.set(heading, count + 1);
      return { fold, key: `${heading} ${count}` };
    });
  }

  /** The heading being read and how far it is from the top, which outlasts changes elsewhere. */
  function placeOfReader() {
    const near = headings().findLast((heading) => heading.getBoundingClientRect().top < 120);
    return {
      path: location.pathname,
      heading: near?.id ?? null,
      top: near?.getBoundingClientRect().top ?? 0,
      scroll: scrollY,
      open: folds().filter(({ fold }) => fold.open).map(({ key }) => key),
    };
  }

  function returnTo(place) {
    const open = new Set(place.open);
    for (const { fold, key } of folds()) if (open.has(key)) fold.open = true;
    const heading = place.heading === null ? null : document.getElementById(place.heading);
    const top = heading === null
      ? place.scroll
      : scrollY + heading.getBoundingClientRect().top - place.top;
    scrollTo({ top, behavior: "instant" });
  }

  function returnFromLastPage() {
    const kept = sessionStorage.getItem(PLACE);
    if (kept === null) return;
    const place = JSON.parse(kept);
    if (place.path === location.pathname) returnTo(place);
  }

  history.scrollRestoration = "manual";
  document.addEventListener("DOMContentLoaded", returnFromLastPage);
  addEventListener("load", () => {
    // Once more: what the page's own script adds has its height by now.
    returnFromLastPage();
    sessionStorage.removeItem(PLACE);
  });

  /** The parts of a page that can be replaced one by one, and all that stands around them. */
  function partsOf(page, style) {
    const parts = new Map();
    const add = (name, part) => part && parts.set(name, part.outerHTML);
    add("contents", page.querySelector(".contents-list"));
    add("masthead", page.querySelector(".masthead"));
    for (const chapter of page.querySelectorAll("main > .chapter")) {
      add(`chapter ${chapter.querySelector("h2").id}`, chapter);
    }
    const script = page.querySelector("body > script:not(:last-of-type)")?.textContent;
    const { title, documentElement, body } = page;
    const frame = [documentElement.lang, title, body.dataset.words, style, script, ...parts.keys()];
    return { parts, frame: frame.join("\n") };
  }

  // This script stands at the end: the report's own has not added anything to the parts yet.
  let shown = partsOf(document, document.querySelector("style")?.textContent);

  function placeOfPart(page, name) {
    if (name === "contents") return page.querySelector(".contents-list");
    if (name === "masthead") return page.querySelector(".masthead");
    return page.getElementById(name.slice("chapter ".length)).closest(".chapter");
  }

  /** Puts what is other into the page, or loads it anew where that is more than parts of it. */
  async function follow() {
    const response = await fetch(location.pathname, { cache: "no-store" });
    const html = await response.text();
    // The policy would complain of another style in what is only read.
    const [element = "", style] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    const page = new DOMParser().parseFromString(html.replace(element, ""), "text/html");
    const next = partsOf(page, style);
    const place = placeOfReader();
    if (next.frame !== shown.frame) {
      events.close();
      sessionStorage.setItem(PLACE, JSON.stringify(place));
      location.reload();
      return;
    }
    const focused = focusOf();
    for (const [name, html] of next.parts) {
      if (html === shown.parts.get(name)) continue;
      placeOfPart(document, name).replaceWith(document.adoptNode(placeOfPart(page, name)));
    }
    shown = next;
    document.dispatchEvent(new Event(CHANGED));
    returnTo(place);
    focused();
  }

  /** Remembers what has the focus in the text. @returns Gives the focus to what is there then. */
  function focusOf() {
    const all = (heading) => [
      ...document.getElementById(heading)?.closest("section")
        .querySelectorAll("a[href], button, summary, [tabindex]") ?? [],
    ];
    const before = document.activeElement;
    const heading = before?.closest("main section")?.querySelector("h2, h3")?.id;
    const index = heading === undefined ? -1 : all(heading).indexOf(before);
    return () => {
      if (before?.isConnected || index < 0) return;
      all(heading)[index]?.focus({ preventScroll: true });
    };
  }

  let following = Promise.resolve();
  const events = new EventSource("/events");
  events.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    if (state.version !== version) {
      version = state.version;
      following = following.then(follow).catch(() => location.reload());
    }
    show(state);
  });
  events.addEventListener("error", () => {
    show({ failure: null, broken: null, running: null });
    progress.textContent = WORDS.ended;
  });
})();
