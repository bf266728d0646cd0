// Added to a report that is being worked on: shows what went wrong, and loads the page anew where
// the reader was. VERSION is set by the server in a line before this one.
(() => {
  "use strict";
  const PLACE = "report-watch-place";
  const main = document.querySelector("main");

  // Styles in attributes and elements are not allowed here; a constructed sheet is.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    #watch-failure, #watch-progress {
      position: fixed; z-index: 1000; font: 15px/1.45 system-ui, sans-serif; box-sizing: border-box;
    }
    #watch-failure {
      inset: 0 0 auto 0; max-height: 45vh; overflow: auto; padding: 12px 20px 14px;
      background: #7d1a1a; color: #fff; border-bottom: 3px solid #f3b0a8;
    }
    #watch-failure strong { display: block; margin-bottom: 4px; }
    #watch-failure pre {
      margin: 0; white-space: pre-wrap; overflow-wrap: anywhere;
      font: 13px/1.45 ui-monospace, monospace;
    }
    #watch-progress {
      right: 12px; bottom: 12px; padding: 5px 12px; border-radius: 6px;
      background: #1c2025; color: #fff;
    }
    #watch-failure:empty, #watch-progress:empty { display: none; }
    @media print { #watch-failure, #watch-progress { display: none; } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const failure = document.createElement("aside");
  failure.id = "watch-failure";
  failure.setAttribute("role", "alert");
  const progress = document.createElement("div");
  progress.id = "watch-progress";
  progress.setAttribute("role", "status");
  document.body.append(failure, progress);

  function show({ failure: message, running }) {
    progress.textContent = running ?? "";
    failure.replaceChildren();
    // Room above the report, so that nothing of it is hidden for good.
    document.body.style.paddingTop = "";
    if (message === null) return;
    const title = document.createElement("strong");
    title.textContent = main === null
      ? "The report could not be made yet."
      : "What follows is the last report that could be made.";
    const text = document.createElement("pre");
    text.textContent = message;
    failure.append(title, text);
    document.body.style.paddingTop = `${failure.offsetHeight}px`;
  }

  const headings = () => [...document.querySelectorAll("main :is(h2, h3)[id]")];
  const folds = () => [...document.querySelectorAll("main details")];

  /** The heading being read and how far it is from the top, which outlasts changes elsewhere. */
  function rememberPlace() {
    const near = headings().findLast((heading) => heading.getBoundingClientRect().top < 120);
    const place = {
      path: location.pathname,
      heading: near?.id ?? null,
      top: near?.getBoundingClientRect().top ?? 0,
      scroll: scrollY,
      open: folds().flatMap((fold, index) => fold.open ? [index] : []),
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function returnToPlace() {
    const kept = sessionStorage.getItem(PLACE);
    if (kept === null) return;
    const place = JSON.parse(kept);
    if (place.path !== location.pathname) return;
    for (const index of place.open) folds()[index]?.setAttribute("open", "");
    const heading = place.heading === null ? null : document.getElementById(place.heading);
    const top = heading === null
      ? place.scroll
      : scrollY + heading.getBoundingClientRect().top - place.top;
    scrollTo({ top, behavior: "instant" });
  }

  history.scrollRestoration = "manual";
  document.addEventListener("DOMContentLoaded", returnToPlace);
  addEventListener("load", () => {
    // Once more: what the page's own script adds has its height by now.
    returnToPlace();
    sessionStorage.removeItem(PLACE);
  });

  const events = new EventSource("/events");
  events.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    if (state.version !== VERSION) {
      events.close();
      rememberPlace();
      location.reload();
    } else show(state);
  });
  events.addEventListener("error", () => {
    show({ failure: null, running: "deno task report --watch has ended" });
  });
})();
