// Stands in the head of every host page of the tests, before the widget's script: counts and
// remembers. What the page looked like is noted at its end (`spy.before`).
window.spy = {
  before: null,
  ready: 0,
  errors: [],
  violations: [],
  // What of the page a widget must leave as it was.
  look() {
    const page = document.documentElement.cloneNode(true);
    for (const ours of page.querySelectorAll("ai-michishirube, [data-ai-michishirube], script[src*=michishirube]")) ours.remove();
    return {
      // chromedriver itself leaves these behind.
      globals: Object.getOwnPropertyNames(window).filter((name) => !/^(ret_nodes|se_exportedFunctionSymbol)$/.test(name)).sort(),
      page: page.outerHTML,
      title: document.title,
      address: location.href,
      sheets: document.styleSheets.length,
      adopted: document.adoptedStyleSheets.length,
      history: history.length,
      cookies: document.cookie,
      local: Object.keys(localStorage),
    };
  },
};
document.addEventListener("michishirube:ready", () => spy.ready++);
// A policy that refuses images refuses the browser's own look for a page icon: that is nobody's doing.
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  if (!blockedURI.endsWith("/favicon.ico")) spy.violations.push(violatedDirective + " " + blockedURI);
});
window.addEventListener("error", (event) => spy.errors.push(String(event.message)));
window.addEventListener("unhandledrejection", (event) => spy.errors.push(String(event.reason)));
