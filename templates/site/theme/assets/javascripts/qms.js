/* The site's own few lines: names what the theme forgot to name, narrows the trail by words and days, and puts the day on a printed
 * page. Everything works without it, less comfortably. */
(function () {
  "use strict";
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  // On a disk, a share or in an unpacked archive nobody shows the page of a folder: a link to one leads to the page itself.
  if (location.protocol === "file:") {
    const lead = ({ target }) => {
      const link = target.closest && target.closest("a[href]");
      if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    };
    ["pointerdown", "focusin", "click"].forEach(event => document.addEventListener(event, lead, true));
  }

  // An old address leads on by itself; without a script its page has the link.
  const moved = document.querySelector(".q-moved a");
  if (moved) {
    const place = new URL(moved.href);
    if (place.protocol === "file:" && place.pathname.endsWith("/")) place.pathname += "index.html";
    place.hash = location.hash;
    location.replace(place);
  }

  // Names that the theme forgot: of the branches of its sidebar, whose label is only an arrow.
  document.querySelectorAll("nav.md-nav[aria-labelledby]").forEach(branch => {
    branch.setAttribute("aria-label", branch.querySelector(".md-nav__title").textContent.trim());
    branch.removeAttribute("aria-labelledby");
  });

  document.querySelectorAll(".q-filter").forEach(form => {
    const rows = [...form.parentElement.querySelectorAll("tbody tr")].map(row => ({
      row,
      day: row.querySelector("time").dateTime,
      words: plain(row.textContent),
    }));
    const [words, since, until] = [...form.children].map((name, at) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = at ? "date" : "search";
      label.append(name.textContent, input);
      name.replaceWith(label);
      return input;
    });
    form.classList.add("q-filter--on");
    form.addEventListener("input", () => {
      const asked = plain(words.value).split(/\s+/);
      rows.forEach(({ row, day, words: said }) => {
        const wanted = asked.every(word => said.includes(word));
        row.hidden = !wanted || (since.value && day < since.value) || (until.value && day > until.value);
      });
    });
  });

  // Every printed sheet says whose it is, that nobody keeps it up to date, when it was printed, and the check code of its text.
  const meta = name => (document.querySelector(`meta[name="qms-${name}"]`) || {}).content || "";
  const text = selector => (document.querySelector(selector) || {}).textContent || "";
  window.addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString(document.documentElement.lang || "vi", { day: "2-digit", month: "2-digit", year: "numeric" });
    const code = text(".q-strip__facts .q-mono, .q-line .q-mono");
    const foot = [meta("printed").replace("{day}", day), code && `${meta("check-code")} ${code}`];
    const head = [meta("organization"), text("h1").replace("¶", "").trim()];
    const sheet = document.documentElement.style;
    sheet.setProperty("--q-sheet-head", JSON.stringify(head.filter(Boolean).join(" · ")));
    sheet.setProperty("--q-sheet-foot", JSON.stringify(foot.filter(Boolean).join(" · ")));
    document.querySelectorAll(".q-print").forEach(line => {
      line.dataset.day = day;
    });
  });
})();
