/* What a word is, for the search in the browser: the same as qmstool/site/search/words.py says where the index is made.
 * «folded»: lower case, no accents, đ is d. «exact»: lower case with its accents, the tone mark taken to the end, so that hoà and
 * hòa are one word; lý and lí are one in both. Loaded by every page (it marks what was searched for) and by the worker. */
(function (scope) {
  "use strict";
  const STRAY = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const TOKEN = /[0-9]+(?:\.[0-9]+)*|(?:(?![0-9])[\p{L}\p{N}])+/gu;
  const LOOSE = /[0-9]+(?:\.[0-9]+)*|(?:(?![0-9])[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff])+/gu;
  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const FINAL_Y = /^((?:[bcdghklmnpqrstvx]|[cgknpt]h|qu))y([\u0300-\u036f]*)$/;
  const known = new Map();

  const clean = text => text.normalize("NFC").replace(STRAY, "");

  const read = word => {
    const parted = clean(word).toLowerCase().normalize("NFD").replace(FINAL_Y, "$1i$2");
    const tone = (parted.match(TONE) || [""])[0];
    return {
      folded: parted.replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d"),
      exact: parted.replace(TONE, "").normalize("NFC") + tone
    };
  };

  /* The words of a text, which need not be clean, with the places where they stand. */
  const words = (text, pattern = LOOSE) =>
    Array.from(text.matchAll(pattern), found => {
      let word = known.get(found[0]);
      if (!word) known.set(found[0], (word = read(found[0])));
      return { folded: word.folded, exact: word.exact, start: found.index, end: found.index + found[0].length };
    });

  /* Which term of a query each word of a text is: its number, or -1. A term marked `prefix` is also the beginning of a word. */
  const matched = (found, terms) =>
    found.map(word => {
      const at = terms.findIndex(term => term.folded === word.folded);
      return at >= 0 ? at : terms.findIndex(term => term.prefix && word.folded.startsWith(term.folded));
    });

  /* The stretches of a text to mark: [start, end]. Where words of the query stand in a row, lone ones beside them stay unmarked. */
  const marks = (text, terms) => {
    const found = words(text);
    const which = matched(found, terms);
    const joined = at => at > 0 && which[at - 1] >= 0 && which[at] >= 0 && !/[\p{L}\p{N}\n]/u.test(text.slice(found[at - 1].end, found[at].start));
    const runs = [];
    found.forEach((word, at) => {
      if (which[at] < 0) return;
      if (joined(at)) {
        const run = runs[runs.length - 1];
        run.end = word.end;
        run.count += 1;
        run.terms.add(which[at]);
      } else runs.push({ start: word.start, end: word.end, count: 1, terms: new Set([which[at]]) });
    });
    const rows = new Set();
    runs.forEach(run => run.count > 1 && run.terms.forEach(each => rows.add(each)));
    return runs.filter(run => run.count > 1 || [...run.terms].some(each => !rows.has(each))).map(run => [run.start, run.end]);
  };

  scope.qmsWords = { TOKEN, clean, read, words, matched, marks };
})(self);
