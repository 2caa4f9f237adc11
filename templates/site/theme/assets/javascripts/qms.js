/* The site's own few lines: opens the search from the home page, offers the versions, tells when a version is of the past,
 * and puts the day on a printed page. Everything works without it, less comfortably. */
(function () {
  "use strict";
  const meta = name => (document.querySelector(`meta[name="qms-${name}"]`) || {}).content || "";

  const openSearch = () => {
    const toggle = document.getElementById("__search");
    const input = document.querySelector("[data-md-component=search-query]");
    if (!toggle || !input) return;
    if (!toggle.checked) toggle.click();
    input.focus();
  };
  document.querySelectorAll(".q-search").forEach(button => button.addEventListener("click", openSearch));

  // Names that the theme forgot: of its search, and of the branches of its sidebar, whose label is only an arrow.
  const box = document.querySelector(".md-search[role=dialog]:not([aria-label])");
  if (box) box.setAttribute("aria-label", box.querySelector("input").getAttribute("aria-label"));
  document.querySelectorAll("nav.md-nav[aria-labelledby]").forEach(branch => {
    branch.setAttribute("aria-label", branch.querySelector(".md-nav__title").textContent.trim());
    branch.removeAttribute("aria-labelledby");
  });

  const root = new URL(meta("root") || ".", location.href);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  const address = version => new URL(version.version === "." ? "." : `${version.version}/`, root).href;

  const offer = (place, versions, current) => {
    const select = document.createElement("select");
    select.className = "q-versions";
    select.setAttribute("aria-label", place.parentElement.textContent.split(":")[0].trim());
    versions.forEach(version => {
      const option = new Option(version.title, address(version), false, version === current);
      select.add(option);
    });
    select.addEventListener("change", () => location.assign(select.value));
    place.replaceChildren(select);
  };

  const warn = (place, current) => {
    const link = document.createElement("a");
    link.href = root.href;
    link.textContent = place.dataset.qmsLink;
    place.append(place.dataset.qmsPast.replace("{day}", current.properties.until_text), " ", link);
    place.hidden = false;
    document.documentElement.classList.add("q-past");
  };

  const place = document.querySelector("[data-qms-versions]");
  if (place && location.protocol !== "file:") {
    fetch(new URL("versions.json", root), { cache: "no-cache" })
      .then(answer => (answer.ok ? answer.json() : []))
      .then(versions => {
        const folder = meta("version") || ".";
        const current = versions.find(version => version.version === folder);
        if (versions.length > 1) offer(place, versions, current);
        const past = document.querySelector("[data-qms-past]");
        if (past && current && current.properties && current.properties.until) warn(past, current);
      })
      .catch(() => undefined);
  }

  const printed = document.querySelectorAll(".q-print");
  window.addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString(document.documentElement.lang || "vi");
    printed.forEach(line => {
      line.dataset.day = day;
    });
  });
})();
