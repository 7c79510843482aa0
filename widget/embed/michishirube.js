// The one script a site owner puts on a page. It shows the start card at once, fetches the widget
// proper (glue and WASM) when a visitor comes near it, and leaves a link and a phone number where it
// cannot run. It knows nothing of questions and answers.
//
// `cargo xtask build` writes the hashes of all it fetches into it, so that an integrity attribute on
// this script's tag covers everything that follows. The style sheet is compiled in, too, and every
// member of `WORDS` becomes the sentence itself: xtask/src/loader.rs has the list.
(function () {
  "use strict";
  const NAME = "ai-michishirube";
  const MARK = "data-" + NAME;
  const VERSION = "__VERSION__";
  // Where the files lie, from this script's own folder. The loader that follows updates names the
  // folder of one version: an old copy of it in a cache then never meets newer files.
  const FOLDER = "__FOLDER__";
  const GLUE_INTEGRITY = "__GLUE_SHA384__";
  const WASM_INTEGRITY = "__WASM_SHA384__";
  const OPTIONS_INTEGRITY = "__OPTIONS_SHA384__";
  const STYLE = "__STYLE__";
  // The day, counted from 1970 in Japan, after which the data is called old.
  const FRESH_UNTIL = "__FRESH_UNTIL__";
  // What a site owner may say, and which values can be used. A placeholder hands nothing else on:
  // other attributes could be handlers such as onclick, by an author whom the site does not trust with
  // scripts.
  const TEXT = /./;
  const SWITCH = /^(on|off)$/;
  const NUMBER = /^\d+(\.\d+)?$/;
  const ATTRIBUTES = {
    operator: TEXT,
    "contact-tel": /\d/,
    // An address that is no web page could run a script.
    "contact-url": /^https?:\/\//,
    "contact-hours": TEXT,
    pref: /[都道府県]$/,
    audience: /^(company|municipality)$/,
    lang: /^ja$/,
    "heading-level": /^[1-4]$/,
    theme: /^(light|dark|auto)$/,
    storage: SWITCH,
    history: SWITCH,
    mode: /^(counter|element|auto|iframe)$/,
    idle: NUMBER,
    data: TEXT,
    programs: TEXT,
    now: /^\d{4}-(0\d|1[0-2])-[0-3]\dT([01]\d|2[0-3]):[0-5]\d$/,
    timeout: NUMBER,
    datalayer: SWITCH,
  };
  // Those that few owners ask for, and that options.js is fetched for.
  const OPTIONS = /^(theme|history|mode|data|programs|datalayer)$/;
  const SECONDS = 8;
  // Whether the page itself holds the other files, each as the text of a script that nobody runs: it is
  // the one that needs no network (xtask/src/offline.rs).
  const INSIDE = "__INSIDE__";
  const FOCUSABLE = "a,button,input";

  // `currentScript` is null, or a bundle, where an optimiser moved this code; then the tag is found by
  // its mark or its name. The mark's value, if it has one, is this script's address.
  function ownAddress() {
    const running = document.currentScript;
    const own = (running && /michishirube\.js/.test(running.src) && running)
      || document.querySelector("script[" + MARK + '],script[src*="michishirube.js"]')
      || running;
    return own && [own.getAttribute(MARK) || own.src, own.nonce];
  }
  const [address, nonce] = ownAddress() || [];
  const at = (path) => new URL(FOLDER + path, new URL(address, document.baseURI)).href;

  const warn = (...what) => console.error("AIみちしるべ:", ...what);

  let sheet;
  // WASM that a policy forbids is found out with the smallest module there is, before any download.
  function isAble() {
    try {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      if (!address) throw new Error("script[" + MARK + "] がありません。");
      return !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    } catch (error) {
      warn("この画面では動きません。CSP の script-src に 'wasm-unsafe-eval' があるかご確認ください。", error);
      return false;
    }
  }

  const inside = (name) => document.querySelector('script[data-file="' + name + '"]').text;

  let policy;
  // Runs a script of ours, which hands its one function over in an event on its own tag: no global is
  // needed.
  function fetchScript(name, integrity) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      // Hosts with `require-trusted-types-for 'script'` refuse a plain string.
      try {
        policy ??= window.trustedTypes?.createPolicy(NAME, { createScriptURL: (plain) => plain });
      } catch (_) {
        // The host lists its policies and ours is not among them: a plain string may do.
      }
      script.async = true;
      script.crossOrigin = "anonymous";
      script.referrerPolicy = "no-referrer";
      script.integrity = integrity;
      // Hosts that allow scripts by nonce hand theirs on to what the script loads.
      if (nonce) script.nonce = nonce;
      script.addEventListener("part", (event) => done(event.detail));
      script.onload = script.onerror = () => {
        script.remove();
        failed(new Error(script.src + " を読み込めません。"));
      };
      if (INSIDE) script.text = inside(name);
      else script.src = policy ? policy.createScriptURL(at(name)) : at(name);
      document.head.append(script);
    });
  }

  // Through an ArrayBuffer, because many hosts serve .wasm with a type that streaming refuses.
  async function fetchWasm() {
    const name = "michishirube.wasm";
    if (INSIDE) return Uint8Array.from(atob(inside(name)), (char) => char.charCodeAt());
    const options = { integrity: WASM_INTEGRITY, credentials: "omit", referrerPolicy: "no-referrer" };
    const response = await fetch(at(name), options);
    if (!response.ok) throw new Error(response.url + " -> HTTP " + response.status);
    return response.arrayBuffer();
  }

  let optionsScript;
  let loading;
  let tellLoaded;
  const loaded = new Promise((tell) => (tellLoaded = tell));
  // Fetches and starts the WASM once, however many elements a page holds; after a failure, again.
  function load() {
    loading ??= Promise.all([fetchScript("michishirube-glue.js", GLUE_INTEGRITY), fetchWasm()])
      .then(([start, bytes]) => start(bytes))
      .then((tools) => (tellLoaded(tools), tools))
      .catch((error) => {
        loading = null;
        throw error;
      });
    return loading;
  }

  // Elements are made one by one: under Trusted Types no text may become markup.
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children.filter(Boolean));
    return element;
  }

  // Under the names of its classes the page can style an element, too: `::part(heading)`.
  const classed = (tag, name, ...children) => el(tag, { class: name, part: name }, ...children);

  function button(kind, action, text, press) {
    const made = el("button", { class: kind, part: "button " + kind, type: "button", "data-action": action }, text);
    made.onclick = press;
    return made;
  }

  // An attribute's value if it can be used, or nothing.
  function attribute(host, name) {
    const value = (host.getAttribute(name) || "").trim();
    return ATTRIBUTES[name].test(value) ? value : "";
  }

  const names = Object.keys(ATTRIBUTES);
  const asksForOptions = (host) =>
    getComputedStyle(host).getPropertyValue("--michi-key")
    || names.some((name) => host.getAttribute(name) && (OPTIONS.test(name) || !attribute(host, name)));

  const tell = (host, name, detail) =>
    host.dispatchEvent(new CustomEvent("michishirube:" + name, { bubbles: true, composed: true, detail }));

  const fill = (text, place, value) => text.replace("{" + place + "}", () => value);

  function heading(host, below, text) {
    const level = Math.min((+attribute(host, "heading-level") || 2) + below, 6);
    const made = classed("h" + level, "heading " + (below ? "below-" + below : "first"), text);
    if (!below) made.tabIndex = -1;
    return made;
  }

  // What stands around every screen, as the widget's own frame has it to the pixel: nothing on the
  // page may move when the one takes the other's place.
  function frame(host, name, ...screen) {
    const operator = attribute(host, "operator");
    const tel = attribute(host, "contact-tel");
    const hours = attribute(host, "contact-hours");
    const page = attribute(host, "contact-url");
    const link = page && { href: page, target: "_blank", rel: "noopener" };
    const today = Math.floor((Date.now() / 36e5 + 9) / 24);
    return el(
      "div",
      { class: "app", lang: "ja", "data-screen": name },
      el("p", { class: "hidden", role: "status" }),
      classed("section", "screen", ...screen),
      (tel || link || hours) && classed(
        "p",
        "contact",
        classed("span", "contact-name", operator ? fill(WORDS.contact, "operator", operator) : WORDS.contactDemo),
        tel && el("a", { href: "tel:" + tel.replace(/[ ()]/g, "") }, fill(WORDS.tel, "tel", tel)),
        hours && el("span", {}, hours),
        link && el("a", link, WORDS.contactPage),
      ),
      today > FRESH_UNTIL && classed("p", "old", WORDS.old),
      classed(
        "footer",
        "notice",
        el("p", {}, operator ? fill(WORDS.operator, "operator", operator) : WORDS.demo),
        el("p", {}, WORDS.data, " ", WORDS.source),
      ),
    );
  }

  function startCard(host, press, near) {
    const field = el("input", { type: "search", "data-role": "search", autocomplete: "off" });
    field.onfocus = near;
    return frame(
      host,
      "start",
      heading(host, 0, WORDS.title),
      classed("p", "lead", WORDS.lead),
      classed("ul", "facts", ...WORDS.facts.map((fact) => el("li", {}, fact))),
      classed("div", "buttons", button("primary", "start", WORDS.start, press)),
      el(
        "div",
        { class: "search", role: "search" },
        heading(host, 1, WORDS.search),
        el("label", {}, classed("span", "help", WORDS.searchLabel), field),
        el("p", { class: "help", role: "status" }),
        classed("ul", "hits"),
      ),
    );
  }

  // The owner's own words and link, if there are any, stand in the slot.
  function fallback(host, retry) {
    const list = address && !host.querySelector("a[href]")
      && el("p", {}, el("a", { href: at("../../programs.html") }, WORDS.list));
    return frame(
      host,
      "unavailable",
      heading(host, 0, WORDS.title),
      classed("p", "lead", WORDS.unavailable),
      list,
      el("slot"),
      retry && classed("div", "buttons", button("", "retry", WORDS.retry, retry)),
    );
  }

  const afterParsing = (work) =>
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", work, { once: true }) : work();

  // One element's life: card, then widget or fallback. Taken out it ends, put back it begins anew.
  function life(host, root) {
    const place = document.createElement("div");
    let shown;
    let watch;
    let timer;
    let handle;
    let pressed;
    let options;
    let framed;
    const isWaiting = () => shown && !handle && shown.dataset.screen === "start";
    // What comes may be shorter than what stood there; until the visitor's next click nothing below
    // moves up.
    const hold = (of) => (place.style.minHeight = of.getBoundingClientRect().height + "px");
    root.addEventListener("click", (event) => {
      if (event.isTrusted) place.style.minHeight = "";
    });

    function show(next) {
      if (shown) hold(place);
      shown = next;
      place.replaceChildren(next);
    }

    function enter() {
      if (shown) return;
      pressed = false;
      place.style.minHeight = "";
      root.replaceChildren(place);
      if (sheet) root.adoptedStyleSheets = [sheet];
      options = null;
      // A frame of ours has a policy of its own, and comes before the link.
      const mode = attribute(host, "mode");
      framed = !INSIDE && address && sheet && (able ? mode === "iframe" : mode !== "element");
      if (framed || asksForOptions(host)) {
        const kit = { framed, el, classed, button, heading, attribute, tell, warn, names, seconds: SECONDS };
        optionsScript ??= fetchScript("michishirube-options.js", OPTIONS_INTEGRITY);
        options = optionsScript.then((make) => make(host, root, kit));
        options.catch(warn);
      }
      if (able || framed) return wait();
      // Whether the owner gives a link of their own is known only then.
      show(el("slot"));
      afterParsing(() => show(fallback(host)));
      tell(host, "error", { code: "blocked" });
    }

    function wait() {
      show(startCard(host, press, begin));
      loaded.then(begin);
      watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && begin(), {
        rootMargin: "500px",
      });
      watch.observe(host);
    }

    function press() {
      pressed = true;
      shown.querySelector("[role=status]").textContent = this.textContent = WORDS.loading;
      begin();
    }

    function begin() {
      if (timer || !isWaiting()) return;
      const seconds = +attribute(host, "timeout") || SECONDS;
      timer = setTimeout(() => giveUp(seconds + " 秒待っても届きません。"), seconds * 1000);
      if (framed) {
        options.then((made) => made.enframe(at("frame.html"), place)).then(takeFrame).catch(giveUp);
        return;
      }
      const tools = load();
      // Nothing that an owner adds keeps a visitor from the questions.
      const own = options?.then((made) => made.prepare(tools)).catch(() => null);
      Promise.all([tools, own]).then(stand).catch(giveUp);
    }

    function stop() {
      watch?.disconnect();
      clearTimeout(timer);
      timer = 0;
    }

    function giveUp(error) {
      // Nobody waits any more.
      if (!timer) return;
      stop();
      warn(error);
      show(fallback(host, retry));
      tell(host, "error", { code: "load" });
      if (pressed) root.querySelector(".heading").focus();
    }

    function retry() {
      wait();
      const start = place.querySelector("button");
      start.focus();
      start.click();
    }

    function stand([tools, own]) {
      if (!isWaiting()) return;
      const mount = document.createElement("div");
      host.addEventListener("michishirube:ready", () => takeOver(mount), { once: true });
      root.adoptedStyleSheets.splice(1, 0, tools.sheet);
      // Both would be seen together for a frame.
      mount.hidden = true;
      place.append(mount);
      handle = tools.mount(mount, host, (name) => attribute(host, name) || undefined, (...what) => tell(host, ...what), own);
    }

    function takeFrame(frame) {
      if (!timer) return;
      stop();
      handle = frame;
      frame.show(pressed);
    }

    // The visitor may be anywhere on the card already.
    function takeOver(mount) {
      stop();
      const card = shown;
      const index = [...card.querySelectorAll(FOCUSABLE)].indexOf(root.activeElement);
      const typed = card.querySelector("input").value;
      hold(card);
      card.remove();
      mount.hidden = false;
      shown = mount;
      const field = mount.querySelector("input");
      if (typed && field) {
        field.value = typed;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      mount.querySelectorAll(FOCUSABLE)[index]?.focus({ preventScroll: true });
      if (pressed) mount.querySelector("[data-action=start]")?.click();
    }

    function leave() {
      stop();
      handle?.unmount();
      options?.then((made) => made.leave(), () => null);
      handle = shown = null;
    }

    return { enter, leave, reset: () => handle?.reset(), back: () => handle?.back() };
  }

  // Editors that strip unknown elements keep a div: the element is put into it.
  function fillPlaceholders() {
    for (const div of document.querySelectorAll("div[" + MARK + "]")) {
      if (div.querySelector(NAME)) continue;
      const element = document.createElement(NAME);
      for (const name of names) {
        const value = div.getAttribute("data-" + name);
        if (value !== null) element.setAttribute(name, value);
      }
      element.append(...div.childNodes);
      div.append(element);
    }
  }

  // A page may carry the tag twice, or two versions of it: the first one stays.
  const earlier = customElements.get(NAME);
  const able = !earlier && isAble();
  if (!earlier) {
    customElements.define(NAME, class extends HTMLElement {
      static version = VERSION;
      #life = life(this, this.attachShadow({ mode: "open" }));
      ready = new Promise((done) => this.addEventListener("michishirube:ready", () => done(this)));

      start() {
        this.shadowRoot.querySelector("[data-action=start],iframe")?.click();
      }

      reset() {
        this.#life.reset();
      }

      back() {
        this.#life.back();
      }

      // The programs on the result screen and what to do with each; nothing on other screens.
      getResult() {
        const result = this.shadowRoot.querySelector("[data-screen=result]");
        const row = (part) => ({
          id: part.dataset.program,
          group: part.closest("[data-group]").dataset.group,
        });
        return result && { programs: [...result.querySelectorAll("[data-program]")].map(row) };
      }

      connectedCallback() {
        this.#life.enter();
      }

      disconnectedCallback() {
        // A move is a removal and an insertion in one go: wait to see whether we are back.
        queueMicrotask(() => this.isConnected || this.#life.leave());
      }
    });
  } else if (earlier.version !== VERSION) {
    warn(VERSION + " は使われません。このページには " + earlier.version + " が先にあります。");
  }
  afterParsing(fillPlaceholders);
})();
