// Defines <ai-michishirube>. `cargo xtask build` puts wasm-bindgen's code in front of it, inside one
// function: `wasm_bindgen` is its initialiser and holder of exports, and nothing becomes global.
const WASM_INTEGRITY = "__WASM_SHA384__";
const WASM_URL = new URL("michishirube.wasm", document.currentScript.src).href;

const sheet = new CSSStyleSheet();
// Until the style sheet proper is here, the element must at least be a block.
sheet.replaceSync(":host{display:block}");

let starting;
// Fetches and starts the WASM once, however many elements a page holds. It goes through an
// ArrayBuffer because many hosts serve .wasm with a MIME type that streaming refuses.
function start() {
  starting ??= (async () => {
    const options = { credentials: "omit" };
    if (WASM_INTEGRITY.startsWith("sha384-")) options.integrity = WASM_INTEGRITY;
    const response = await fetch(WASM_URL, options);
    if (!response.ok) throw new Error(WASM_URL + " -> HTTP " + response.status);
    await wasm_bindgen({ module_or_path: await response.arrayBuffer() });
    sheet.replaceSync(wasm_bindgen.stylesheet());
  })();
  return starting;
}

// Prints one element alone. The page's own parts are hidden by a sheet that is there only while the
// print dialog is; the page itself is left as it was.
function printAlone(element) {
  const hide = new CSSStyleSheet();
  const details = [...element.shadowRoot.querySelectorAll("details:not([open])")];
  const kept = [];
  for (let node = element; node && node !== document.body; node = node.parentElement) kept.push(node);
  for (const node of kept) node.setAttribute("data-michishirube-print", "");
  hide.replaceSync(
    "@page{size:A4;margin:15mm}@media print{body :not([data-michishirube-print]){display:none!important}}",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hide];
  for (const entry of details) entry.open = true;
  const restore = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== hide);
    for (const node of kept) node.removeAttribute("data-michishirube-print");
    for (const entry of details) entry.open = false;
  };
  window.addEventListener("afterprint", restore, { once: true });
  window.print();
}

// Copies a text. The clipboard is refused on pages without https; a selected field still works there.
async function copyText(element, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (_) {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    element.shadowRoot.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

class Michishirube extends HTMLElement {
  #mount = document.createElement("div");
  // The owner's own content shows until the widget stands, and stays if it cannot.
  #fallback = document.createElement("slot");
  #handle = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#mount, this.#fallback);
  }

  async connectedCallback() {
    try {
      await start();
    } catch (error) {
      console.error("AIみちしるべ:", error);
      return;
    }
    // The element may have been taken out, or moved and mounted, while we waited.
    if (!this.isConnected || this.#handle) return;
    const tools = { print: () => printAlone(this), copy: (text) => copyText(this, text) };
    this.#handle = wasm_bindgen.mount(this.#mount, this, tools);
    this.#fallback.remove();
  }

  disconnectedCallback() {
    // A move is a removal and an insertion in one go: wait to see whether we are back.
    queueMicrotask(() => {
      if (this.isConnected || !this.#handle) return;
      this.#handle.unmount();
      this.#handle = null;
      this.shadowRoot.append(this.#fallback);
    });
  }
}

// A page may carry the tag twice, or two versions of it: the first one stays.
if (!customElements.get("ai-michishirube")) customElements.define("ai-michishirube", Michishirube);
