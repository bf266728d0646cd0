// The script of a watched report: it says how the work stands, and puts what is new in the place of
// what was there, where the reader is. VERSION and WORDS are set in lines before this one.
(() => {
  "use strict";
  // Styles in attributes and elements are not allowed here; a constructed sheet is.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    #watch { position: fixed; z-index: 1000; inset: auto 0 0 0; font: 15px/1.5 system-ui; }
    #watch details { border-top: 2px solid; padding: 0 16px; overflow-wrap: anywhere; }
    #watch summary { padding: 9px 0; font-weight: 600; cursor: pointer; }
    #watch :focus-visible { outline: 3px solid; outline-offset: -3px; }
    #watch pre { margin: 0; padding: 0 0 14px; max-height: 38vh; overflow: auto;
      white-space: pre-wrap; background: none; font: 13px/1.5 ui-monospace, monospace; }
    #watch-failure { background: light-dark(#fbeceb, #361d1c); color: light-dark(#7c1d1a, #ffc9c2); }
    #watch-broken { background: light-dark(#fdf3d8, #2f2714); color: light-dark(#5b3f00, #f2d48f); }
    #watch-progress { margin: 0 12px 12px auto; padding: 5px 12px; border-radius: 6px;
      background: #1c2025; color: #fff; width: fit-content; }
    #watch [hidden], #watch-progress:empty { display: none; }
    @media print { #watch { display: none; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const foldOf = (id) => {
    const [title, text] = [made("summary", {}), made("pre", { tabIndex: 0 })];
    const fold = made("details", { id, open: true, hidden: true }, title, text);
    return Object.assign(fold, {
      say(heading, message) {
        if (message !== null && message !== text.textContent) fold.open = true;
        [title.textContent, text.textContent, fold.hidden] = [heading, message, message === null];
      },
    });
  };
  const [failed, broken] = [foldOf("watch-failure"), foldOf("watch-broken")];
  const progress = made("div", { id: "watch-progress", role: "status" });
  const panel = made("aside", { id: "watch", ariaLabel: WORDS.label }, progress, broken);
  panel.append(made("div", { role: "alert" }, failed));
  document.body.append(panel);
  // Nothing of the report is hidden behind the panel for good.
  new ResizeObserver(() => document.body.style.paddingBottom = `${panel.offsetHeight}px`)
    .observe(panel);

  const show = ({ failure, broken: claims, running }) => {
    failed.say(document.querySelector("main") ? WORDS.oldReport : WORDS.noReport, failure);
    broken.say(WORDS.broken, claims?.[document.documentElement.lang] ?? null);
    progress.textContent = running === null
      ? ""
      : running.length === 0
      ? `${WORDS.exporting} …`
      : `${WORDS.running} ${running.join(", ")}`;
  };

  const PLACE = "report-watch-place";
  const folds = () => [...document.querySelectorAll("main details")];
  /** The heading being read and how far it is from the top, which outlasts changes elsewhere. */
  const placeOfReader = () => {
    const near = [...document.querySelectorAll("main :is(h2, h3)[id]")]
      .findLast((heading) => heading.getBoundingClientRect().top < 120);
    const open = folds().filter((fold) => fold.open).map((fold) => fold.textContent);
    return { id: near?.id, top: near?.getBoundingClientRect().top, scroll: scrollY, open };
  };
  const returnTo = ({ id, top, scroll, open }) => {
    for (const fold of folds()) fold.open ||= open.includes(fold.textContent);
    const now = id && document.getElementById(id)?.getBoundingClientRect().top;
    scrollTo({ top: now === undefined ? scroll : scrollY + now - top, behavior: "instant" });
  };
  history.scrollRestoration = "manual";
  addEventListener("load", () => {
    const place = sessionStorage.getItem(PLACE + location.pathname);
    if (place !== null) returnTo(JSON.parse(place));
    sessionStorage.removeItem(PLACE + location.pathname);
  });

  /** What is replaced part by part, and, as "frame", all that stands around. */
  const partsOf = (page, style) => {
    const parts = new Map([...page.querySelectorAll(".contents-list, .masthead, main > .chapter")]
      .map((part) => [part.querySelector("h2")?.id ?? part.className, part]));
    const script = page.querySelector("body > script")?.textContent;
    return { parts, frame: JSON.stringify([page.title, style, script, [...parts.keys()]]) };
  };
  const copied = ({ parts }) => new Map([...parts].map(([id, part]) => [id, part.outerHTML]));
  // This script stands at the end: the report's own has not added anything to the parts yet.
  const first = partsOf(document, document.querySelector("style")?.textContent);
  let shown = { frame: first.frame, html: copied(first) };
  const follow = async () => {
    const html = await (await fetch(location.pathname, { cache: "no-store" })).text();
    // The policy would complain of another style in what is only read.
    const [from, to] = [html.indexOf("<style>"), html.indexOf("</style>")];
    const bare = from < 0 ? html : html.slice(0, from) + html.slice(to);
    const next = partsOf(
      new DOMParser().parseFromString(bare, "text/html"),
      from < 0 ? undefined : html.slice(from + 7, to),
    );
    const place = placeOfReader();
    if (next.frame !== shown.frame) {
      sessionStorage.setItem(PLACE + location.pathname, JSON.stringify(place));
      return location.reload();
    }
    const copy = copied(next);
    const { parts } = partsOf(document);
    for (const [id, part] of next.parts) {
      if (copy.get(id) !== shown.html.get(id)) parts.get(id).replaceWith(document.adoptNode(part));
    }
    shown = { frame: next.frame, html: copy };
    document.dispatchEvent(new Event("report-changed"));
    returnTo(place);
  };
  let [version, following] = [VERSION, Promise.resolve()];
  const events = new EventSource("/events");
  events.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    if (state.version !== version) following = following.then(follow, () => location.reload());
    version = state.version;
    show(state);
  });
  events.addEventListener("error", () => {
    show({ failure: null, broken: null, running: null });
    progress.textContent = WORDS.ended;
  });
})();
