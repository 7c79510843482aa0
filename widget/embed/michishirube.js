// The one script a site owner puts on a page. It finds out where it was loaded from and fetches the
// widget proper (the glue) from the same folder. `cargo xtask build` writes the glue's hash into it,
// so that an integrity attribute on this tag covers everything that follows.
(function () {
  "use strict";
  const GLUE_INTEGRITY = "__GLUE_SHA384__";
  // `currentScript` is null when an optimiser moved this code; then look for the tag by its name.
  const me = document.currentScript || document.querySelector('script[src*="michishirube.js"]');
  if (!me || customElements.get("ai-michishirube")) return;
  let url = new URL("michishirube-glue.js", me.src).href;
  if (document.querySelector('script[src="' + CSS.escape(url) + '"]')) return;
  const glue = document.createElement("script");
  glue.async = true;
  glue.crossOrigin = "anonymous";
  // Only `cargo xtask build` fills the hash in.
  if (GLUE_INTEGRITY.startsWith("sha384-")) glue.integrity = GLUE_INTEGRITY;
  // Hosts that allow scripts by nonce hand theirs on to what the script loads.
  if (me.nonce) glue.nonce = me.nonce;
  // Hosts with `require-trusted-types-for 'script'` refuse a plain string here.
  if (window.trustedTypes) {
    try {
      url = trustedTypes.createPolicy("ai-michishirube", { createScriptURL: (plain) => plain }).createScriptURL(url);
    } catch (_) {
      // The host lists its policies and ours is not among them: try the plain string.
    }
  }
  glue.onload = () => glue.remove();
  glue.onerror = () => {
    glue.remove();
    console.error("AIみちしるべ: " + glue.src + " を読み込めませんでした。CSP の script-src と integrity をご確認ください。");
  };
  glue.src = url;
  document.head.append(glue);
})();
