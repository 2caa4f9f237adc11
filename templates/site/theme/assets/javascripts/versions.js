/* What the build says of the site, from `build.js` at its root, which every build writes anew: offers the site's versions, tells a page
 * that was kept from a release what became of it since, tells a site that it was overtaken, and finds the version of a day. A reader without scripts has each page's own identity, and the table of days. */
(function () {
  "use strict";
  const meta = name => (document.querySelector(`meta[name="qms-${name}"]`) || {}).content || "";
  const banner = document.querySelector(".q-announce");
  const build = globalThis.qmsBuild;
  if (!banner || !build) return;
  const words = JSON.parse(banner.dataset.qmsWords);
  const say = (name, values) => words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key]);

  const root = new URL(meta("root") || ".", location.href);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  const address = version => (version === "." ? root : new URL(`${version}/`, root));
  const folder = meta("version") || ".";
  /* On a disk nobody shows the page of a folder. */
  const enter = place => (location.protocol === "file:" ? new URL("index.html", place) : new URL(place)).href;
  const home = address(folder).pathname;
  const page = location.pathname.startsWith(home) ? location.pathname.slice(home.length) : "";
  const pad = number => String(number).padStart(2, "0");
  const now = new Date();
  const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;

  const link = (where, text) => {
    const made = document.createElement("a");
    made.href = where.href || where;
    made.textContent = text;
    return made;
  };

  const offer = versions => {
    const place = document.querySelector("[data-qms-versions]");
    const select = document.createElement("select");
    select.className = "q-versions";
    select.setAttribute("aria-label", place.parentElement.textContent.split(":")[0].trim());
    versions.forEach(each => select.add(new Option(each.title, enter(address(each.version)), false, each.version === folder)));
    select.addEventListener("change", () => location.assign(select.value));
    place.replaceChildren(select);
  };

  /* What a page kept from a release says of itself: by the document it shows, else by the release as a whole. */
  const kept = (place, current, versions) => {
    const own = current.properties;
    const key = meta("document");
    const later = versions
      .map(each => ({ ...each.properties, version: each.version }))
      .filter(each => each.release > own.release && each.since && each.since <= today);
    const touched = later.filter(each => key && (each.changes.includes(key) || each.withdraws.includes(key)));
    const first = list => list.reduce((one, other) => (other.since < one.since ? other : one));
    const inForce = link(new URL(page, root), words.to_in_force);
    const instead = versions.find(each => each.properties.release > own.release && each.properties.since
      && each.properties.since <= own.since && each.properties.changes.includes(key));
    /* The manual of some days, which no release shows: of a document nobody can say here whether it changed since. */
    const ended = /^\d{4}-\d\d-\d\d$/.test(folder) && own.until && own.until <= today;
    let parts;
    if (ended) {
      parts = key ? [inForce] : [say("version_past", { day: own.until_text }), inForce];
    } else if (instead) {
      parts = [words.kept_overtaken, link(new URL(page, address(instead.version)), words.to_successor), inForce];
    } else if (own.since > today) {
      parts = [say("kept_scheduled", { day: own.since_text }), inForce];
    } else if (touched.length) {
      const next = first(touched);
      const gone = next.withdraws.includes(key);
      parts = [say(gone ? "kept_withdrawn" : "version_past", { day: next.since_text })];
      if (!gone) parts.push(link(new URL(page, address(next.version)), words.to_successor));
      parts.push(inForce);
    } else if (later.length) {
      const next = first(later);
      parts = [say(key ? "kept_unchanged" : "version_past", { day: next.since_text })];
      if (!key) parts.push(link(address(next.version), words.to_successor));
      parts.push(inForce);
    } else {
      parts = [words.kept_in_force, inForce];
    }
    document.documentElement.classList.toggle("q-past", Boolean(ended) || later.length > 0);
    place.replaceChildren(...parts.flatMap(part => [part, " "]));
  };

  const warn = (site, versions) => {
    const line = document.querySelector(".q-announce__stale");
    const overtaken = versions.filter(each => each.properties.since > site.built && each.properties.since <= today);
    if (overtaken.length && folder === ".") {
      const newest = overtaken[0];
      line.lastElementChild.replaceChildren(
        say("outrun", { title: newest.title }), " ", link(new URL(page, address(newest.version)), words.to_coming));
      line.hidden = false;
    }
  };

  /* /ngay/?d=2026-03-14 leads to the version of that day; &p=tai-lieu/qt-vp-01/ to a page of it. */
  const days = (place, periods) => {
    const asked = new URLSearchParams(location.search);
    const day = asked.get("d") || "";
    const valid = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
    const period = valid ? periods.filter(each => each.since <= day).pop() : undefined;
    if (period) {
      const base = address(period.version);
      const target = new URL(asked.get("p") || "", base);
      location.replace(enter(target.href.startsWith(base.href) ? target : base));
      return;
    }
    const form = document.createElement("form");
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "date", name: "d", required: true, value: valid ? day : today });
    const button = Object.assign(document.createElement("button"), { className: "q-button q-button--main", textContent: words.days_go });
    label.append(words.days_ask, " ", input);
    form.append(label, " ", button);
    place.append(form);
    if (valid) place.append(Object.assign(document.createElement("p"), { textContent: words.days_none }));
  };

  const current = build.versions.find(each => each.version === folder);
  const site = (build.versions.find(each => each.version === ".") || {}).properties;
  if (!current || !site) return;
  if (build.versions.length > 1) offer(build.versions);
  const past = document.querySelector("[data-qms-kept]");
  if (past && current.properties.release) kept(past.lastElementChild, current, build.versions);
  warn(site, build.versions);
  const asking = document.querySelector(".q-days");
  if (asking && folder === ".") days(asking, site.periods);
})();
