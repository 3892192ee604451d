/* Security keys: asks the browser for a signature and sends it with the form around the question. */
(function () {
  "use strict";
  function bytes(text) {
    var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (byte) { plain += String.fromCharCode(byte); });
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function described(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }
  function asked(options) {
    var found = Object.assign({}, options, { challenge: bytes(options.challenge) });
    if (options.user) { found.user = Object.assign({}, options.user, { id: bytes(options.user.id) }); }
    if (options.excludeCredentials) { found.excludeCredentials = described(options.excludeCredentials); }
    if (options.allowCredentials) { found.allowCredentials = described(options.allowCredentials); }
    return found;
  }
  function told(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { response[name] = text(credential.response[name]); }
    });
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }
  document.querySelectorAll("[data-webauthn]").forEach(function (place) {
    var button = place.querySelector("[data-start]");
    var failed = place.querySelector("[data-failed]");
    if (!window.PublicKeyCredential) {
      place.querySelector("[data-absent]").hidden = false;
      button.disabled = true;
      return;
    }
    button.addEventListener("click", function () {
      failed.hidden = true;
      button.disabled = true;
      var publicKey = asked(JSON.parse(place.getAttribute("data-options")));
      navigator.credentials[place.getAttribute("data-webauthn")]({ publicKey: publicKey }).then(function (credential) {
        place.querySelector("[data-answer]").value = told(credential);
        button.form.submit();
      }).catch(function () {
        failed.hidden = false;
        button.disabled = false;
        button.focus();
      });
    });
  });
})();
