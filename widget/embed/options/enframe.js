// Where WASM is forbidden, or with `mode="iframe"`: our page for iframes (frame.html) in the place of the
// card, as tall as what it shows. The two pages speak in messages; embed/frame.js is the other side, and
// each takes them from the other's window and origin alone. What a visitor answers stays in the frame.

// What a frame has no use for: the page around it keeps history and data layer.
const OUTSIDE = /^(history|datalayer)$/;
const LINE = 48;

function frameAddress(kit, host, address) {
  const url = new URL(address);
  for (const name of kit.names) {
    const value = kit.attribute(host, name);
    // Relative addresses are meant from the owner's page.
    const isFile = name === "programs" || name === "data";
    if (value && !OUTSIDE.test(name)) url.searchParams.set(name, isFile ? kit.el("a", { href: value }).href : value);
  }
  // All frames of a page share one storage.
  if (host !== document.querySelector(NAME)) url.searchParams.set("storage", "off");
  return url;
}

// Gives a handle once the frame has told how tall it is; until then the card stays. A frame that a policy
// refuses is told at once, one that is missing by the loader's time limit.
function enframe(host, root, kit, signal, address, place) {
  const url = frameAddress(kit, host, address);
  const card = place.firstChild;
  const iframe = kit.el("iframe", { title: WORDS.title, allow: "clipboard-write", src: url.href });
  const { style } = iframe;
  // As tall as the card for as long as the visitor has done nothing: nothing on the page moves.
  let least = card.getBoundingClientRect().height;
  let height = 0;
  const send = (type, more) => iframe.contentWindow?.postMessage({ source: NAME, type, ...more }, url.origin);
  // 次の方へ can only stay in sight in a frame no taller than the window.
  const fit = () => {
    const most = kit.attribute(host, "mode") === "counter" ? innerHeight : Infinity;
    style.height = Math.min(Math.max(height, least), most) + "px";
  };

  // A new screen begins out of sight, or under what the page keeps at its top.
  function bring(top) {
    least = 0;
    fit();
    const { left } = iframe.getBoundingClientRect();
    const at = () => iframe.getBoundingClientRect().top + top;
    if (at() < 0 || at() + LINE > innerHeight) scrollBy(0, at());
    const over = document.elementFromPoint(left + 1, at() + 1);
    const hidden = !over || over.contains(host) ? 0 : over.getBoundingClientRect().bottom - at();
    if (hidden > 0) scrollBy(0, -hidden);
  }

  return new Promise((done, failed) => {
    function take({ type, height: tall, top, name, detail }) {
      if (type === "height" && Number.isFinite(tall)) {
        height = tall;
        fit();
        done({ show, unmount: () => iframe.remove(), reset: () => send("reset"), back: () => send("back") });
      } else if (type === "heading" && Number.isFinite(top)) {
        bring(top);
      } else if (type === "event" && EVENTS.split(" ").includes(name)) {
        kit.tell(host, name, detail);
      }
    }
    window.addEventListener("message", ({ source, origin, data }) => {
      const isOurs = source && source === iframe.contentWindow && origin === url.origin;
      if (isOurs && data?.source === NAME) take(data);
    }, { signal });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      const isOurs = effectiveDirective === "frame-src" && url.href.startsWith(blockedURI);
      if (isOurs) failed(new Error("CSP: frame-src " + url.origin));
    }, { signal });
    iframe.onload = () => send("hello");
    // A click that only a script can make here: `start()` of the element.
    iframe.onclick = () => send("start");
    style.cssText = "display:block;width:100%;height:0;border:0;color-scheme:light;visibility:hidden";
    place.append(iframe);
  });

  // What the visitor did with the card goes on in the frame.
  function show(pressed) {
    const typed = card.querySelector("input").value;
    const isOnCard = card.contains(root.activeElement);
    card.remove();
    place.style.minHeight = style.visibility = "";
    if (isOnCard) iframe.focus({ preventScroll: true });
    if (typed) send("search", { text: typed });
    if (pressed) send("start");
  }
}
