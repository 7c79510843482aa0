// What frame.html does before the loader: it hands the settings in its address on to the loader's own
// placeholder, which takes those it knows, and it speaks with the page around it. The other side is
// options/enframe.js; a page that puts the frame in by hand never says a word, and hears none.
(function () {
  "use strict";
  const NAME = "ai-michishirube";
  const EVENTS = "__EVENTS__";
  const place = document.querySelector("[data-" + NAME + "]");
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (/^[a-z-]+$/.test(name)) place.setAttribute("data-" + name, value);
  }
  // A visit leaves no entries in the history of the page around, and no frame holds another.
  const isDesk = place.dataset.mode === "counter";
  if (!isDesk) delete place.dataset.mode;
  delete place.dataset.history;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body{margin:0}@media screen{.fitted{overflow:hidden}}");
  document.adoptedStyleSheets = [sheet];

  // The origin of the page around, from its first word on.
  let host;
  let element;
  const waiting = [];
  const post = (type, more) => {
    const message = { source: NAME, type, ...more };
    if (host) parent.postMessage(message, host);
    else waiting.push(message);
  };
  const measure = () => post("height", { height: element.getBoundingClientRect().height });

  for (const name of EVENTS.split(" ")) {
    document.addEventListener("michishirube:" + name, ({ detail }) => post("event", { name, detail }));
  }

  // A sandbox without `allow-forms` keeps the event back that every form waits for.
  document.addEventListener("click", (event) => {
    const button = event.composedPath()[0].closest?.("button[type=submit]");
    if (!button) return;
    event.preventDefault();
    button.form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

  function greet(origin) {
    if (host || origin === "null") return;
    element = document.querySelector(NAME);
    // Without the loader there is nothing to show; the page around then says so.
    if (!element?.shadowRoot) return;
    host = origin;
    if (!isDesk) document.documentElement.className = "fitted";
    // At once: of a frame out of sight browsers draw nothing, and an observer sees nothing.
    measure();
    new ResizeObserver(measure).observe(element);
    for (const message of waiting.splice(0)) parent.postMessage(message, host);
    // A new screen's heading, or what is wrong with an answer, takes the focus.
    element.shadowRoot.addEventListener("focusin", ({ target }) => {
      if (!target.matches("[data-heading],.heading,[role=alert]")) return;
      measure();
      post("heading", { top: target.getBoundingClientRect().top });
    });
  }

  function search(text) {
    const field = element.shadowRoot.querySelector("input[type=search]");
    if (!field || typeof text !== "string") return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || parent === window || data?.source !== NAME) return;
    if (data.type === "hello") return greet(origin);
    if (origin !== host) return;
    if (data.type === "search") search(data.text);
    else if (["start", "back", "reset"].includes(data.type)) element[data.type]();
  });
})();
