/* The search's engine, in a worker, or in the page itself where that lies on a disk: a query → pages in order. It reads what qmstool/site/search/writer.py wrote, fetching only the words
 * that the query needs and the texts that it shows. Order: the page that goes by the typed code or number; what is in force before
 * what is not; all accents as typed before others; the page whose whole title it is; then how well words, their order and their place fit. */
(function () {
"use strict";
const inWorker = typeof importScripts === "function";
if (inWorker) importScripts("words.js");
const { TOKEN, clean, read, words, marks, matched } = self.qmsWords;

const HOME = new URL("../../../search/", inWorker ? self.location.href : document.currentScript.src);
const FORMAT = 2;
const SHOWN = 10;
const FIELDS = [1, 3, 8, 8]; // body, heading, title, code: what a word there weighs
const ROWS = [0.5, 0.9, 2, 2]; // and what words in a row there add
const ENOUGH = 2; // times after which a word says little more
const LONGEST = 16; // words of a query
const MOST = 24; // words that the beginning of one may stand for
const OTHERWISE = 0.35; // an accent that was typed and is not there
const UNACCENTED = 0.8; // a word typed plain among accented ones, found with accents
const BEGUN = 0.7; // a word of which only the beginning was typed
const SUBSTITUTED = 0.9; // an abbreviation for its words, or the words for it
const NOTHING = [0, 0];
const GUESSES = 6; // words that a slip of the finger may stand for
const WINDOW = 24; // words of a passage that are looked at together
const SNIPPET = 170; // characters of a passage that are shown

class Gone extends Error {}
let head = null;
let files = new Map();
let decoded = new Map();
let last = { query: null, order: [] };

/* A file is `qmsSearch(name, value);`: fetched and cut to its value, or run as a script where a page on a disk may not fetch. */
const fetched = async (name, options) => {
  const answer = await fetch(new URL(name, HOME), options);
  if (!answer.ok) throw new Gone(name);
  const text = await answer.text();
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
};
const arrived = new Map();
if (!inWorker) self.qmsSearch = (name, value) => arrived.set(name, value);
const run = name =>
  new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(name, HOME).href });
    script.addEventListener("load", () => done(arrived.get(name)));
    script.addEventListener("error", () => fail(new Gone(name)));
    document.head.append(script);
  });
const load = inWorker ? fetched : run;

const get = async name => {
  const path = `${head.stamp}/${name}.js`;
  if (!files.has(path)) files.set(path, load(path));
  return files.get(path);
};

const folded = text => words(clean(text), TOKEN).map(word => word.folded);
const squash = list => list.join("").replace(/\./g, "");

const open = async () => {
  const read = await load("index.js", { cache: "no-cache" });
  if (read.format !== FORMAT) throw new Gone("format");
  head = read;
  files = new Map();
  decoded = new Map();
  last = { query: null, order: [] };
  const own = head.pages.flatMap((page, at) => (page[1] ? [[at, page[1], "", true]] : []));
  head.called = [...own, ...head.names].map(([page, text, anchor, isCode]) => {
    const list = folded(text);
    return { page, anchor, list, squashed: squash(list), isCode: Boolean(isCode), numbered: list.some(each => /[0-9]/.test(each)) };
  });
  head.titles = new Map();
  head.pages.forEach((page, at) => {
    const title = squash(folded(page[2]));
    head.titles.set(title, [...(head.titles.get(title) || []), at]);
  });
  head.codes = new Map(head.called.filter(each => each.numbered && each.list.length > 1).map(each => [each.squashed, each.list]));
  head.short = head.abbreviations.map(([short, long]) => ({ short: words(clean(short), TOKEN), long: words(clean(long), TOKEN) }));
  head.said = head.announce.map(folded);
  head.number = folded(head.number)[0];
};

/* ——— the query ——— */

const asked = query => {
  const text = clean(query);
  const list = words(text, TOKEN).slice(0, LONGEST);
  const open = /[\p{L}\p{N}]$/u.test(text);
  return list.map((word, at) => ({
    folded: word.folded,
    exact: word.exact,
    accented: word.exact !== word.folded,
    prefix: open && at === list.length - 1 && word.folded.length > 1
  }));
};

const plain = word => ({ folded: word.folded, exact: word.exact, accented: word.exact !== word.folded, prefix: false });
const whole = (list, at, part) => part.length > 0 && part.every((each, step) => list[at + step] && list[at + step].folded === each);

/* A query in other words that mean the same: codes as they are registered, abbreviations and what they stand for. */
const variants = terms => {
  const made = [{ terms, weight: 1 }];
  const add = (from, count, instead, weight) => {
    if (made.length < 10) made.push({ terms: [...terms.slice(0, from), ...instead, ...terms.slice(from + count)], weight });
  };
  terms.forEach((_, from) => {
    let run = "";
    for (let count = 1; count <= 8 && from + count <= terms.length; count += 1) {
      run += terms[from + count - 1].folded.replace(/\./g, "");
      const code = head.codes.get(run);
      if (code && !(code.length === count && whole(terms, from, code))) add(from, count, code.map(each => plain(read(each))), 1);
    }
    head.short.forEach(({ short, long }) => {
      const same = list => whole(terms, from, list.map(each => each.folded));
      const typed = list => list.every((each, step) => !terms[from + step].accented || terms[from + step].exact === each.exact);
      const accented = terms.some(each => each.accented);
      if (same(short) && typed(short)) add(from, short.length, long.map(each => bare(each, accented)), SUBSTITUTED);
      if (same(long) && typed(long)) add(from, long.length, short.map(each => bare(each, accented)), SUBSTITUTED);
    });
  });
  const number = at => terms[at] && /^[0-9]/.test(terms[at].folded);
  const said = head.said.find(part => whole(terms, 0, part) && number(part.length));
  if (said) made.push({ terms: terms.slice(said.length), weight: 1 });
  const told = terms.filter((term, at) => !(at && term.folded === head.number && number(at + 1)));
  if (told.length < terms.length) made.push({ terms: told, weight: 1 });
  return made;
};

/* A word put in for another: without accents of its own where the query has none, so that nothing is judged by them. */
const bare = (word, accented) => (accented ? plain(word) : { folded: word.folded, exact: word.folded, accented: false, prefix: false });

/* ——— words ——— */

const fileOf = word => {
  let low = 0;
  let high = head.words.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (head.words[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
};

/* Where a word stands, unpacked once: pages, and for each its stretch of places with their forms and fields. */
const unpack = (word, entry) => {
  const found = decoded.get(word);
  if (found) return found;
  const made = { forms: entry.map(([exact]) => exact), at: new Map(), place: [], form: [], field: [] };
  const times = new Map(); // page → [form, place, field, …]
  entry.forEach(([, numbers], form) => {
    let page = 0;
    for (let next = 0; next < numbers.length; ) {
      page += numbers[next];
      const end = next + 2 + numbers[next + 1];
      if (!times.has(page)) times.set(page, []);
      const here = times.get(page);
      let place = 0;
      for (next += 2; next < end; next += 1) {
        place += numbers[next] >> 2;
        here.push(form, place, numbers[next] & 3);
      }
    }
  });
  times.forEach((here, page) => {
    made.at.set(page, [made.place.length, made.place.length + here.length / 3]);
    for (let at = 0; at < here.length; at += 3) {
      made.form.push(here[at]);
      made.place.push(here[at + 1]);
      made.field.push(here[at + 2]);
    }
  });
  decoded.set(word, made);
  return made;
};

const counted = entry => entry.reduce((sum, [, numbers]) => sum + numbers.length, 0);

const TONES = /[\u0300\u0301\u0303\u0309\u0323]$/;
const begins = (form, typed) => {
  const tone = (typed.match(TONES) || [""])[0];
  return form.startsWith(typed.replace(TONES, "")) && (!tone || form.endsWith(tone));
};

/* A term → the words that it may be, each with the weight of its every form. */
const look = async (term, judged) => {
  if (term.found) return;
  const from = fileOf(term.folded);
  const to = term.prefix ? Math.min(fileOf(`${term.folded}\uffff`), from + 5) : from;
  const parts = head.words.length ? await Promise.all(Array.from({ length: to - from + 1 }, (_, step) => get(`w${from + step}`))) : [];
  const found = [];
  parts.forEach(part => {
    if (!term.prefix) {
      if (Object.hasOwn(part, term.folded)) found.push(term.folded, part[term.folded]);
      return;
    }
    Object.keys(part).forEach(word => word.startsWith(term.folded) && found.push(word, part[word]));
  });
  const pairs = [];
  for (let at = 0; at < found.length; at += 2) pairs.push([found[at], found[at + 1]]);
  pairs.sort((one, other) => (other[0] === term.folded) - (one[0] === term.folded) || counted(other[1]) - counted(one[1]));
  term.found = pairs.slice(0, MOST).map(([word, entry]) => {
    const data = unpack(word, entry);
    const same = word === term.folded;
    const exact = data.forms.map(form => (same ? form === term.exact : begins(form, term.exact)));
    const weight = exact.map(each => (!judged || each ? 1 : term.accented ? OTHERWISE : UNACCENTED) * (same ? 1 : BEGUN));
    return { data, exact, weight };
  });
  term.pages = new Set(term.found.flatMap(each => [...each.data.at.keys()]));
  term.rarity = Math.log(1 + head.pages.length / Math.max(term.pages.size, 1));
};

/* ——— pages ——— */

const weigh = (page, terms, judged) => {
  const all = terms.reduce((sum, term) => sum + term.rarity, 0);
  const best = [0, 0, 0, 0];
  let entitled = 0; // words of the query that stand in a row in the title
  let before = new Map();
  let base = 0;
  let exact = true;
  terms.forEach(term => {
    const here = new Map();
    let times = 0;
    let asTyped = !judged || !term.accented;
    term.found.forEach(({ data, weight, exact: exactly }) => {
      const stretch = data.at.get(page);
      if (!stretch) return;
      for (let at = stretch[0]; at < stretch[1]; at += 1) {
        const [place, field, form] = [data.place[at], data.field[at], data.form[at]];
        times += FIELDS[field] * weight[form];
        asTyped = asTyped || exactly[form];
        const [led, count] = before.get(place - 1) || NOTHING;
        const share = led + (term.rarity * weight[form]) / all;
        if (share > (here.get(place) || NOTHING)[0]) here.set(place, [share, count + 1]);
        if (share > best[field]) best[field] = share;
        if (field === 2 && count + 1 > entitled) entitled = count + 1;
      }
    });
    base += (term.rarity / all) * (times / (times + ENOUGH));
    exact = exact && asTyped;
    before = here;
  });
  const [, , title, , , , boost, length] = head.pages[page];
  const fits = entitled === terms.length ? (best[2] * terms.length) / Math.max(folded(title).length, terms.length) : 0;
  const row = Math.max(...best.map((share, field) => ROWS[field] * share * share));
  return { page, exact, score: (base + row + 1.5 * fits + 0.02 / (1 + length / 400)) * boost };
};

const rank = async (list, judged, needed) => {
  await Promise.all(list.flatMap(({ terms }) => terms.map(term => look(term, judged))));
  const found = new Map();
  list.forEach(({ terms, weight }) => {
    const counted = new Map();
    const sets = terms.map(term => term.pages).sort((one, other) => one.size - other.size);
    if (needed(terms.length) === terms.length) {
      for (const page of sets[0] || []) if (sets.every(set => set.has(page))) counted.set(page, terms.length);
    } else sets.forEach(set => set.forEach(page => counted.set(page, (counted.get(page) || 0) + 1)));
    counted.forEach((count, page) => {
      if (count < needed(terms.length)) return;
      const made = weigh(page, terms, judged);
      made.score *= weight;
      made.terms = terms;
      const known = found.get(page);
      if (!known || made.exact > known.exact || (made.exact === known.exact && made.score > known.score)) found.set(page, made);
    });
  });
  return found;
};

/* Pages that go by what was typed. 3: by all of it. 2: by its end (BIS 01), by its beginning up to a whole number (83/2006), or by
 * parts of it with its first number (NĐ 83). Else it may become so with more letters, and counts a little more. A page whose
 * whole title it is goes before others of its standing only: a draft's title lifts it above no text in force. */
const called = (list, found) => {
  list.forEach(({ terms, weight }) => {
    if (weight < 1) return;
    const typed = terms.map(each => each.folded);
    const squashed = squash(typed);
    const numbered = typed.some(each => /[0-9]/.test(each));
    if (squashed.length < 2 && !numbered) return;
    head.called.forEach(name => {
      const opens = () => typed.every((each, at) => name.list[at] === each);
      const ends = () => typed.length > 1 && typed.every((each, at) => name.list[name.list.length - typed.length + at] === each);
      const loose = () => {
        const first = name.list.find(each => /[0-9]/.test(each));
        return typed.length > 1 && typed.includes(first) && typed.every(each => name.list.includes(each)) && /\p{L}/u.test(squashed);
      };
      const same = name.squashed === squashed && (name.isCode || name.numbered || typed.length > 1);
      const known = same || (numbered && (opens() || (name.isCode && ((/^\p{L}/u.test(squashed) && ends()) || loose()))));
      const begun = !known && squashed.length > 2 && name.isCode && name.squashed.startsWith(squashed);
      if (!known && !begun) return;
      const made = found.get(name.page) || { page: name.page, exact: true, score: 0.5, terms };
      const level = known ? (same ? 3 : 2) : 1;
      if (level > 1 && (made.level || 0) < level) Object.assign(made, { level, anchor: name.anchor });
      if (level === 1 && !made.begun) Object.assign(made, { begun: true, score: made.score + 1 + squashed.length / name.squashed.length });
      found.set(name.page, made);
    });
    (head.titles.get(squashed) || []).forEach(page => {
      const made = found.get(page) || { page, exact: true, score: 0.5, terms };
      found.set(page, Object.assign(made, { titled: true }));
    });
  });
};

/* ——— slips of the finger ——— */

const isNear = (one, other) => {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  const rests = [[1, 1], [1, 0], [0, 1]].some(([skip, pass]) => one.slice(at + skip) === other.slice(at + pass));
  return rests || (one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2));
};

/* The query with one word, or every unknown word, put right; of several ways the one whose best page fits best. */
const mend = async (terms, judged) => {
  const all = (await get("all")).split(" ");
  const unknown = terms.filter(term => !term.pages.size);
  const able = (unknown.length ? unknown : terms).filter(term => term.folded.length > 2 && /^\p{L}+$/u.test(term.folded));
  if (unknown.some(term => !able.includes(term))) return null;
  const swapped = (one, other) => [...one].sort().join("") === [...other].sort().join("");
  const guesses = new Map(
    able.map(term => {
      const near = all.filter(word => isNear(term.folded, word));
      return [term, [...near.filter(word => swapped(term.folded, word)), ...near.filter(word => !swapped(term.folded, word))].slice(0, GUESSES)];
    })
  );
  let best = null;
  for (const term of able) {
    for (const guess of guesses.get(term)) {
      const slips = [];
      const mended = terms.map(each => {
        const used = each === term ? guess : unknown.includes(each) ? guesses.get(each)[0] : "";
        if (!used) return each;
        slips.push({ typed: each.folded, used });
        return { folded: used, exact: used, accented: false, prefix: false };
      });
      const found = await rank([{ terms: mended, weight: 1 }], judged, count => count);
      const score = Math.max(0, ...[...found.values()].map(each => each.score));
      if (score > (best ? best.score : 0)) best = { slips, found, score };
    }
  }
  return best;
};

/* ——— results ——— */

const order = async query => {
  const terms = asked(query);
  if (!terms.length) return { list: [], note: null };
  const judged = terms.some(term => term.accented);
  const ending = terms[terms.length - 1];
  const unfinished = terms.length > 1 && ending.folded.length === 1 && /\p{L}/u.test(ending.folded) && !/\s$/.test(query);
  const list = variants(unfinished ? terms.slice(0, -1) : terms);
  let found = await rank(list, judged, count => count);
  called(list, found);
  let note = null;
  if (!found.size) {
    const mended = await mend(list[0].terms, judged);
    if (mended && mended.found.size) {
      found = mended.found;
      note = { slips: mended.slips };
    }
  }
  if (!found.size && terms.length > 1) {
    found = await rank([list[0]], judged, count => Math.ceil(count / 2));
    if (found.size) note = { near: true };
  }
  const tier = each => head.pages[each.page][5];
  const made = [...found.values()].sort(
    (one, other) =>
      (other.level || 0) - (one.level || 0) ||
      tier(one) - tier(other) ||
      other.exact - one.exact ||
      Boolean(other.titled) - Boolean(one.titled) ||
      other.score - one.score ||
      one.page - other.page
  );
  /* What a list says first, a page that it leads to says better: a draft too, where no text in force fits. */
  const isList = each => head.pages[each.page][6] < 1 && !each.titled && !each.level;
  const better = made.findIndex(each => !isList(each) && tier(each) < 2 && each.exact === made[0].exact);
  if (better > 0 && isList(made[0])) made.unshift(...made.splice(better, 1));
  return { list: made, note };
};

/* The passage of a page that shows most of the query close together. */
const passage = (sections, terms) => {
  let best = { value: 0, section: 0, start: 0 };
  sections.forEach(([, heading, text], section) => {
    const found = words(text, TOKEN);
    const which = matched(found, terms);
    const named = new Set(matched(words(heading, TOKEN), terms).filter(each => each >= 0));
    const hits = which.flatMap((term, at) => (term >= 0 ? [at] : []));
    hits.forEach((first, from) => {
      const seen = new Set();
      let rows = 0;
      for (let next = from; next < hits.length && hits[next] < first + WINDOW; next += 1) {
        seen.add(which[hits[next]]);
        if (next > from && hits[next] === hits[next - 1] + 1 && which[hits[next]] === which[hits[next - 1]] + 1) rows += 1;
      }
      const value = seen.size + Math.min(rows, terms.length) + named.size / 2;
      if (value > best.value) best = { value, section, start: found[first].start };
    });
    if (!hits.length && named.size > best.value) best = { value: named.size, section, start: 0 };
  });
  return best;
};

const shown = (text, terms) => {
  const made = [];
  let at = 0;
  marks(text, terms).forEach(([start, end]) => {
    if (start > at) made.push([text.slice(at, start), false]);
    made.push([text.slice(start, end), true]);
    at = end;
  });
  if (at < text.length) made.push([text.slice(at), false]);
  return made;
};

const cut = (text, start) => {
  const line = text.lastIndexOf("\n", start) + 1;
  const blank = text.indexOf(" ", Math.max(line, start - 50));
  const from = start - line > 50 && blank >= 0 && blank < start ? blank + 1 : line;
  const stop = text.length - from > SNIPPET ? text.lastIndexOf(" ", from + SNIPPET) : text.length;
  const to = stop > start ? stop : Math.min(text.length, from + SNIPPET);
  return `${from > line ? "… " : ""}${text.slice(from, to).replace(/([.:;!?…,])?\n/g, (_, sign) => (sign ? `${sign} ` : " · "))}${to < text.length ? " …" : ""}`;
};

const textOf = async page => {
  let chunk = 0;
  while (chunk + 1 < head.texts.length && head.texts[chunk + 1] <= page) chunk += 1;
  return (await get(`t${chunk}`))[page - head.texts[chunk]];
};

const result = async (each, query) => {
  const [address, code, title, kind, state] = head.pages[each.page];
  const sections = await textOf(each.page);
  const best = passage(sections, each.terms);
  const [anchor, heading, text] = sections[best.section] || ["", "", ""];
  const inTitle = each.level || each.titled || each.begun || each.terms.every(term => folded(`${code} ${title}`).some(word => word === term.folded));
  const goal = each.anchor || (inTitle ? "" : anchor);
  const link = new URL(`../${address}`, HOME);
  if (!each.level && !each.titled) link.searchParams.set("h", clean(query).trim());
  link.hash = goal;
  return {
    link: link.href,
    code: shown(code, each.terms),
    title: shown(title, each.terms),
    kind: head.kinds[kind],
    state: state < 0 ? null : head.states[state],
    where: goal && goal === anchor ? shown(heading, each.terms) : [],
    text: shown(cut(text, best.start), each.terms)
  };
};

const answer = async ({ query, from }) => {
  if (!head) await open();
  if (last.query !== query) last = { query, ...(await order(query)) };
  const list = await Promise.all(last.list.slice(from, from + SHOWN).map(each => result(each, query)));
  return { query, from, total: last.list.length, note: last.note, list };
};

/* A site that was published anew in between is read anew, once. */
const again = async message => {
  try {
    return await answer(message);
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    head = null;
    return answer(message);
  }
};

const done = data => (data.query === undefined ? (head ? Promise.resolve() : open()).then(() => ({ ready: true })) : again(data));
const answered = data => done(data).catch(error => ({ query: data.query, from: data.from, broken: String(error) }));
if (inWorker) self.addEventListener("message", ({ data }) => answered(data).then(made => self.postMessage(made)));
else self.qmsEngine = answered;
})();
