/* Keys of the pages: search, rows, table twin, all keys, close. Single letters can be switched off. */
(function () {
  "use strict";
  var OFF = "probity-keys-off";
  var root = document.documentElement;

  function stored(value) {
    try {
      if (value !== undefined) { window.localStorage.setItem(OFF, value); }
      return window.localStorage.getItem(OFF) === "yes";
    } catch (error) { return false; }
  }
  function inField(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  }
  function rows() { return Array.prototype.slice.call(document.querySelectorAll("[data-row]")); }
  function active() { return document.querySelector("[data-row].pb-row--active"); }
  function step(way) {
    var all = rows();
    if (!all.length) { return; }
    var now = all.indexOf(active());
    var next = all[Math.max(0, Math.min(all.length - 1, now + way))];
    if (now >= 0) { all[now].classList.remove("pb-row--active"); }
    next.classList.add("pb-row--active");
    next.scrollIntoView({ block: "nearest" });
    var place = next.querySelector("a, button, input:not([type=hidden])");
    if (place) { place.focus({ preventScroll: true }); }
  }
  function within(selector) {
    var row = active() || (document.activeElement && document.activeElement.closest("[data-row]"));
    return row && row.querySelector(selector);
  }
  function press(selector) {
    var place = within(selector);
    if (!place) { return; }
    if (/^(INPUT|TEXTAREA)$/.test(place.tagName) && place.type !== "checkbox") { place.focus(); place.select(); } else { place.click(); }
  }
  function named(letter) {
    // A page gives its own letters: of the row one stands in, else the first of the page.
    var place = within('[data-key="' + letter + '"]') || document.querySelector('[data-key="' + letter + '"]');
    if (!place) { return false; }
    if (/^(INPUT|TEXTAREA)$/.test(place.tagName)) { place.focus(); place.select(); } else { place.click(); }
    return true;
  }
  function twin() {
    document.querySelectorAll("[data-twin]").forEach(function (button) {
      var table = document.getElementById(button.getAttribute("data-twin"));
      var chart = document.getElementById(button.getAttribute("data-chart"));
      var open = table.hidden;
      table.hidden = !open;
      if (chart) { chart.hidden = open; }
      button.setAttribute("aria-pressed", String(open));
    });
  }
  function help() {
    var dialog = document.getElementById("pb-keys");
    if (dialog && !dialog.open) { dialog.showModal(); }
  }
  function home(letter) {
    var link = document.querySelector('[data-go="' + letter + '"]');
    if (link) { link.click(); }
  }

  var going = 0;
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    if (event.key === "Escape") {
      var opened = document.querySelector(".pb-clocks details[open]");
      if (opened) { opened.open = false; opened.querySelector("summary").focus(); return; }
      if (inField(event.target)) { event.target.blur(); }
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      var form = event.target.closest("form");
      if (form && form.method === "post") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || stored() || document.querySelector("dialog[open]")) { return; }
    var key = event.key;
    if (Date.now() - going < 1200) { going = 0; home(key); return; }
    var acts = {
      "/": function () { var field = document.querySelector("[data-search]"); if (field) { field.focus(); field.select(); } },
      "?": help, t: twin, g: function () { going = Date.now(); },
      j: function () { step(1); }, ArrowDown: function () { step(1); }, k: function () { step(-1); }, ArrowUp: function () { step(-1); },
      x: function () { press("[data-choose]"); }, e: function () { press("[data-mend]"); }, b: function () { press("[data-return]"); }
    };
    if (/^[a-z1-9]$/.test(key) && named(key)) { event.preventDefault(); return; }
    var arrow = key === "ArrowDown" || key === "ArrowUp";
    if (acts[key] && !(arrow && !active())) { event.preventDefault(); acts[key](); }
  });

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-twin], [data-help], [data-close], [data-copy], [data-show]");
    if (!target) { return; }
    if (target.hasAttribute("data-twin")) { twin(); }
    if (target.hasAttribute("data-help")) { help(); }
    if (target.hasAttribute("data-close")) { target.closest("dialog").close(); }
    if (target.hasAttribute("data-copy") && navigator.clipboard) {
      navigator.clipboard.writeText(target.getAttribute("data-copy")).then(function () {
        var said = document.getElementById("pb-said");
        if (said) { said.textContent = target.getAttribute("data-said"); }
      });
    }
    if (target.hasAttribute("data-show")) {
      var field = document.getElementById(target.getAttribute("data-show"));
      var shown = field.type === "password";
      field.type = shown ? "text" : "password";
      target.setAttribute("aria-pressed", String(shown));
      field.focus();
    }
  });

  function count() {
    var chosen = document.querySelectorAll("[data-choose]:checked").length;
    document.querySelectorAll("[data-chosen]").forEach(function (place) { place.textContent = String(chosen); });
    document.querySelectorAll("[data-choose]").forEach(function (box) {
      box.closest("[data-row]").classList.toggle("pb-row--chosen", box.checked);
    });
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-all]")) {
      document.querySelectorAll("[data-choose]:not(:disabled)").forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-all], [data-choose]")) { count(); }
    if (event.target.matches("[data-letters]")) { stored(event.target.checked ? "no" : "yes"); }
    if (event.target.matches("[data-submits]")) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("submit", function (event) {
    // A double click does nothing twice: the second press of a form under way is dropped.
    var form = event.target;
    if (form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  document.addEventListener("DOMContentLoaded", function () {
    var letters = document.querySelector("[data-letters]");
    if (letters) { letters.checked = !stored(); }
    count();
    var alert = document.querySelector("[data-alert]");
    if (alert) { alert.focus(); }
    root.classList.add("pb-live");
  });
})();
