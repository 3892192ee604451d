/* A session about to end unused: warns two minutes before, and goes on by a button or by key. */
(function () {
  "use strict";
  var band = document.getElementById("pb-idle");
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });
  if (!band) { return; }
  var wait = Math.max(0, Number(band.getAttribute("data-seconds")) - 120) * 1000;
  var timer;
  function begin() {
    band.hidden = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { band.hidden = false; band.querySelector("button").focus(); }, wait);
  }
  band.addEventListener("submit", function (event) {
    event.preventDefault();
    window.fetch(band.action, { method: "POST", body: new FormData(band), credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 204) { begin(); } else { window.location.reload(); }
    }, function () { band.submit(); });
  });
  begin();
})();
