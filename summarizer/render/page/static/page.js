// The page reads without this: it adds filters, keys, a way back, and keeps the page still while the articles move.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const items = all(".item");
  const reader = $("#articles");
  const root = document.documentElement;
  for (const part of all("[data-script]")) part.hidden = false;

  // --- light and dark ---
  const theme = $("#theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const kept = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  const toggleTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a page from disk may keep nothing */ }
    showTheme();
  };
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  theme.addEventListener("click", toggleTheme);
  systemDark.addEventListener("change", showTheme);
  showTheme();

  // --- filters: what is pressed within relations adds up, the facets narrow each other ---
  const kinds = all("[data-kind]");
  const facets = all("[data-facet]");
  const find = $("#find");
  const result = $("#result");
  const clear = $("#clear");
  const words = new Map();
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase();
  const wordsOf = (item) => {
    if (!words.has(item)) words.set(item, fold(item.textContent));
    return words.get(item);
  };
  const opened = new Set();
  const state = () => {
    const chosen = new URLSearchParams();
    const pressed = kinds.filter((button) => button.getAttribute("aria-pressed") === "true");
    if (pressed.length) chosen.set("relation", pressed.map((button) => button.dataset.kind).join(" "));
    for (const facet of facets) if (facet.value) chosen.set(facet.dataset.facet, facet.value);
    if (find?.value.trim()) chosen.set("find", find.value.trim());
    return chosen;
  };
  const keep = (fragment) => {
    try { history.replaceState(null, "", fragment || location.pathname + location.search); } catch { /* not kept, then */ }
  };
  const filter = ({ remember = true } = {}) => {
    if (!result) return;
    const chosen = state();
    const active = [...chosen.keys()].length > 0;
    const relations = chosen.get("relation")?.split(" ");
    const wanted = fold(chosen.get("find") ?? "");
    let shown = 0;
    for (const item of items) {
      const fits = (!relations || relations.includes(item.dataset.relation))
        && facets.every(({ value, dataset }) => !value || item.dataset[dataset.facet].includes(` ${value} `))
        && (!wanted || wordsOf(item).includes(wanted));
      item.hidden = !fits;
      shown += fits;
    }
    for (const row of all("[data-of]")) row.hidden = document.getElementById(row.dataset.of).hidden;
    for (const section of all(".block, [data-fold]")) {
      const own = all(".item", section);
      const left = own.filter((item) => !item.hidden).length;
      const count = $("[data-count]", section);
      if (count) count.textContent = left === own.length ? own.length : `${left} of ${own.length}`;
      if (!section.matches("[data-fold]")) continue;
      section.hidden = own.length > 0 && left === 0;
      if (active && left && !section.open) { section.open = true; opened.add(section); }
      if (!active && opened.delete(section)) section.open = false;
    }
    result.textContent = `${shown} of ${items.length} shown`;
    clear.hidden = !active;
    if (remember) keep(active ? `#?${chosen}` : "");
  };
  const clearAll = () => {
    for (const button of kinds) button.setAttribute("aria-pressed", "false");
    for (const facet of facets) facet.value = "";
    if (find) find.value = "";
    filter();
  };
  const restore = () => {
    const chosen = new URLSearchParams(location.hash.slice(2));
    const relations = (chosen.get("relation") ?? "").split(" ");
    for (const button of kinds) button.setAttribute("aria-pressed", String(relations.includes(button.dataset.kind)));
    for (const facet of facets) {
      const value = chosen.get(facet.dataset.facet) ?? "";
      facet.value = [...facet.options].some((option) => option.value === value) ? value : "";
    }
    if (find) find.value = chosen.get("find") ?? "";
    filter({ remember: false });
  };
  for (const button of kinds) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  for (const facet of facets) facet.addEventListener("change", () => filter());
  let typing = 0;
  find?.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(filter, 120); });
  clear?.addEventListener("click", () => { clearAll(); (find ?? result).focus(); });

  // --- going to a place and back ---
  const back = $("#back");
  let origin = null;
  const beside = () => getComputedStyle(reader).overflowY === "auto";
  const scrollIn = (target) => {
    if (!beside() || !reader.contains(target) || target === reader) {
      target.scrollIntoView({ block: target.matches("mark, .side") ? "center" : "start" });
      return;
    }
    const room = target.matches("mark") ? reader.clientHeight / 3 : 70;
    reader.scrollTop += target.getBoundingClientRect().top - reader.getBoundingClientRect().top - room;
  };
  const show = (target) => {
    const item = target.closest(".item");
    if (item?.hidden) { clearAll(); result.textContent = "Filters cleared to show the question"; }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const other of all(".now, .here")) other.classList.remove("now", "here");
    if (target.dataset.e || target.closest(".body")) {
      for (const mark of all("mark")) mark.classList.toggle("now", mark.dataset.e.split(" ").includes(target.id));
    } else if (target.matches(".item, .side")) {
      target.classList.add("here");
    }
    scrollIn(target.matches("span") ? target.nextElementSibling ?? target : target);
    const focus = target.matches("details") ? $("summary", target) : target;
    focus.focus({ preventScroll: true });
  };
  const label = (link) => {
    const item = link.closest(".item, tr[data-of]");
    if (!item) return link.closest("#articles") ? "the sentence" : "the summary";
    const number = $(".number", item)?.textContent ?? "";
    return number + ($(".letter", link.closest(".side") ?? document.createElement("i"))?.textContent ?? "");
  };
  const go = (target, from) => {
    origin = from?.closest(".item, .matrix, .story, .proof, .changes, #articles") ? from : null;
    back.hidden = !origin;
    if (origin) $("b", back).textContent = label(origin);
    show(target);
    origin?.closest(".side")?.classList.add("here"); // where the sentence that is shown belongs
    try { history.pushState(null, "", `#${target.id}`); } catch { /* the way back is the button, then */ }
  };
  const goBack = () => {
    if (!origin) return false;
    const link = origin;
    origin = null;
    back.hidden = true;
    const place = link.closest(".side, .item") ?? link;
    for (let fold = link.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const other of all(".here")) other.classList.remove("here");
    if (place.matches(".side, .item")) place.classList.add("here");
    scrollIn(link);
    link.focus({ preventScroll: true });
    return true;
  };
  back.addEventListener("click", goBack);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      go(target, link);
      return;
    }
    if (!getSelection().isCollapsed || event.target.closest("a, button, summary, select, input, label")) return;
    const mark = event.target.closest("mark");
    if (mark) backFrom(mark);
    const quote = event.target.closest(".item .quote");
    if (quote) go(document.getElementById($("a.to", quote).hash.slice(1)), $("a.to", quote));
  });
  // A click on a sentence goes to the claim one came from, else to the first; again, to the next that rests on it.
  let last = { mark: null, at: 0 };
  const backFrom = (mark) => {
    const keys = mark.dataset.e.split(" ");
    const chips = keys.flatMap((key) => {
      const ends = all("mark").filter((other) => other.dataset.e.split(" ").includes(key)).at(-1);
      let next = ends.nextElementSibling;
      const found = [];
      while (next?.matches(".chips")) { found.push(...all("a", next)); next = next.nextElementSibling; }
      return found;
    });
    if (!chips.length) return;
    const came = origin && chips.find((chip) => origin.closest(".side, .item")?.id === chip.hash.slice(1));
    const at = last.mark === mark ? (last.at + 1) % chips.length : Math.max(0, chips.indexOf(came));
    last = { mark, at };
    go(document.getElementById(chips[at].hash.slice(1)), chips[at]);
  };
  const arrive = () => {
    if (location.hash.startsWith("#?")) { restore(); return; }
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target) { origin = null; back.hidden = true; show(target); }
  };
  addEventListener("popstate", arrive);
  $("#go")?.addEventListener("change", (event) => {
    const target = document.getElementById(event.target.value);
    event.target.value = "";
    if (target) go(target);
  });

  // --- keys ---
  const keys = $("#keys");
  const keysOn = $("#keys-on");
  $("#keys-button").addEventListener("click", () => keys.showModal());
  $("#keys-close").addEventListener("click", () => keys.close());
  const current = () => document.activeElement?.closest(".item") ?? $(".item.here") ?? $(".side.here")?.closest(".item") ?? null;
  const reachable = () => items.filter((item) => !item.hidden && item.checkVisibility?.() !== false);
  const step = (by) => {
    const list = reachable();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))];
    origin = null;
    back.hidden = true;
    show(next);
  };
  let turn = { item: null, at: -1 };
  const evidence = () => {
    const item = current() ?? turn.item;
    const links = item ? all("a.to", item) : [];
    if (!links.length) return;
    turn = { item, at: turn.item === item ? (turn.at + 1) % links.length : 0 };
    go(document.getElementById(links[turn.at].hash.slice(1)), links[turn.at]);
  };
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    e: evidence,
    b: goBack,
    o: () => { const fold = current(); if (fold?.matches("details")) fold.open = !fold.open; },
    "/": () => find?.focus(),
    c: clearAll,
    d: toggleTheme,
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.key === "Escape") {
      if (event.target === find && find.value) return;
      if (goBack()) event.preventDefault();
      return;
    }
    if (!keysOn.checked || event.target.matches("input, select, textarea") || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });

  // --- paper: everything open, and as it was afterwards ---
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });

  if (location.hash) arrive();
})();
