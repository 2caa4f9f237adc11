/* The search's box: opens on a click, «/» or «f», hands what is typed to the engine, shows what comes back, and marks on a page
 * what was searched for. Text is only ever put in as text. */
(function () {
  "use strict";
  const box = document.querySelector(".md-header .md-search");
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (!box || !toggle) return;
  const say = JSON.parse(box.dataset.qmsWords);
  const part = name => box.querySelector(name);
  const [input, meta, list, said, scroll] = [".md-search__input", ".md-search-result__meta", ".md-search-result__list", ".q-hits__said", ".md-search__scrollwrap"].map(part);
  let engine = null;
  let busy = false;
  let waiting = null;
  let enter = false;
  let shownFor = null;
  let from = null;
  let quiet = 0;

  /* ——— opening and closing ——— */

  /* A site opened from a disk, a share or an unpacked archive: browsers start no worker there, so the engine runs in the page. */
  const inThisPage = address => {
    const loaded = new Promise((done, fail) => {
      const script = Object.assign(document.createElement("script"), { src: address });
      script.addEventListener("load", () => done(window.qmsEngine));
      script.addEventListener("error", fail);
      document.head.append(script);
    });
    return { postMessage: asked => loaded.then(answer => answer(asked)).then(receive, () => tell(say.broken)) };
  };
  const start = () => {
    if (engine) return;
    if (location.protocol === "file:") {
      engine = inThisPage(box.dataset.qmsEngine);
      engine.postMessage({});
      return;
    }
    try {
      engine = new Worker(new URL(box.dataset.qmsEngine, location.href));
    } catch {
      engine = { postMessage: () => tell(say.broken), addEventListener: () => undefined };
    }
    engine.addEventListener("message", ({ data }) => receive(data));
    engine.addEventListener("error", () => tell(say.broken));
    engine.postMessage({});
  };
  const open = () => {
    if (!toggle.checked) {
      from = document.activeElement;
      toggle.click();
    }
    start();
    input.focus();
  };
  const close = () => {
    if (toggle.checked) toggle.click();
    input.blur();
    if (from && from !== document.body && from !== input) from.focus();
    from = null;
  };
  toggle.addEventListener("change", () => {
    if (!toggle.checked) return;
    start();
    input.focus();
  });
  input.addEventListener("focus", () => {
    if (!toggle.checked) toggle.click();
    start();
  });
  document.querySelectorAll(".q-search").forEach(button => button.addEventListener("click", open));

  /* ——— keys ——— */

  const links = () => [...list.querySelectorAll("a, button")];
  const step = way => {
    const all = [input, ...links()];
    const next = all[Math.min(Math.max(all.indexOf(document.activeElement) + way, 0), all.length - 1)];
    next.focus();
    if (next === input) scroll.scrollTop = 0;
  };
  const first = () => {
    const link = list.querySelector("a");
    if (link) link.click();
  };
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!toggle.checked) {
      if (typing || !["/", "f", "F"].includes(event.key)) return;
      event.preventDefault();
      open();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (box.contains(event.target) && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.target === input && event.key === "Enter") {
      event.preventDefault();
      if (shownFor === input.value) first();
      else enter = true;
    }
  });
  box.addEventListener("focusout", event => {
    if (toggle.checked && event.relatedTarget && !box.contains(event.relatedTarget)) toggle.click();
  });
  part("form").addEventListener("submit", event => event.preventDefault());
  part("form").addEventListener("reset", () => setTimeout(() => (ask(), input.focus())));

  /* ——— asking ——— */

  const ask = (at = 0) => {
    enter = false;
    if (!input.value.trim()) {
      waiting = null;
      shownFor = null;
      list.replaceChildren();
      tell(say.begin);
      return;
    }
    start();
    waiting = { query: input.value, from: at };
    if (!busy) send();
    if (!shownFor) tell(say.wait);
  };
  const send = () => {
    if (!waiting) return;
    busy = true;
    engine.postMessage(waiting);
    waiting = null;
  };
  input.addEventListener("input", () => ask());

  const receive = made => {
    if (made.ready) return;
    busy = false;
    send();
    if (made.broken !== undefined) {
      list.replaceChildren();
      tell(say.broken);
    } else if (made.query === input.value) show(made);
  };

  /* ——— showing ——— */

  const make = (name, kind, ...inside) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...inside);
    return made;
  };
  const marked = pieces => pieces.map(([text, hit]) => (hit ? make("mark", "", text) : text));
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const item = hit => {
    const top = make("div", "q-hit__head");
    if (hit.code.length) top.append(make("span", "q-code", ...marked(hit.code)), " ");
    if (hit.kind) top.append(make("span", "q-hit__kind", hit.kind), " ");
    if (hit.state) top.append(make("span", `q-chip q-chip--${hit.state[0]}`, hit.state[1]));
    const inside = make("div", "md-search-result__article md-typeset");
    if (top.childNodes.length) inside.append(top);
    inside.append(make("div", "q-hit__title", ...marked(hit.title)));
    if (hit.where.length) inside.append(make("div", "q-hit__where", "› ", ...marked(hit.where)));
    if (hit.text.length) inside.append(make("div", "q-hit__text", ...marked(hit.text)));
    const link = make("a", "md-search-result__link q-hit", inside);
    link.href = hit.link;
    return make("li", "md-search-result__item", link);
  };

  /* What is seen at once is read out once the typing rests. */
  const tell = (...inside) => {
    meta.replaceChildren(...inside);
    clearTimeout(quiet);
    quiet = setTimeout(() => (said.textContent = meta.textContent), 600);
  };

  const none = query => {
    const place = make("a", "", say.none_place);
    place.href = box.dataset.qmsRegister;
    return [make("strong", "", put(say.none, { query: query.trim() })), ` ${say.none_more} `, place, "."];
  };

  const show = made => {
    const more = list.querySelector(".q-hits__more");
    const items = made.list.map(item);
    if (made.from && more) more.replaceWith(...items);
    else {
      list.replaceChildren(...items);
      scroll.scrollTop = 0;
    }
    const rest = made.total - made.from - made.list.length;
    if (rest > 0) {
      const button = make("button", "q-button", put(say.more, { count: rest }));
      button.type = "button";
      button.addEventListener("click", () => ask(made.from + made.list.length));
      list.append(make("li", "md-search-result__item q-hits__more", button));
    }
    if (made.from && items.length) items[0].firstChild.focus();
    shownFor = made.query;
    const count = made.total === 1 ? say.one : put(say.many, { count: made.total });
    const slips = made.note && made.note.slips ? made.note.slips.map(slip => put(say.slip, slip)).join(" ") : "";
    if (!made.total && made.query.trim().length < 2) tell(say.begin);
    else if (!made.total) tell(...none(made.query));
    else if (made.note) tell(slips || say.near);
    else tell(count);
    if (enter) {
      enter = false;
      first();
    }
  };

  /* ——— on the page that was found ——— */

  const here = new URL(location.href);
  const sought = here.searchParams.get("h");
  const article = document.querySelector("article");
  if (sought && article) {
    const { words, marks } = self.qmsWords;
    const terms = words(sought.slice(0, 200));
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style, svg, nav, .q-print, .q-fact > dt")) nodes.push(walker.currentNode);
    const found = nodes.map(node => [node, marks(node.data, terms)]).filter(([, places]) => places.length);
    const isRow = ([node, places]) => places.some(([begin, end]) => words(node.data.slice(begin, end)).length > 1);
    const rows = terms.length > 1 && found.some(isRow) ? found.filter(isRow) : found;
    rows.forEach(([node, places]) => {
      places.reverse().forEach(([begin, end]) => {
        const hit = node.splitText(begin);
        hit.splitText(end - begin);
        const mark = make("mark", "q-sought");
        hit.replaceWith(mark);
        mark.append(hit);
      });
    });
    here.searchParams.delete("h");
    history.replaceState(history.state, "", here);
  }
  const wanted = here.searchParams.get("q");
  if (wanted) {
    open();
    input.value = wanted;
    ask();
  }
})();
