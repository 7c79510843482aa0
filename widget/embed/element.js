// What stands around the WASM: starting it, printing, copying. `cargo xtask build` puts wasm-bindgen's
// code in front of it, inside one function: `wasm_bindgen` holds its exports and `start`.
// The loader (michishirube.js) runs this script, and takes one function from the event at its end, so
// that nothing becomes global. It knows nothing of questions and answers.

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

// Starts the WASM; gives what the loader needs to put it into an element.
async function start(bytes) {
  await wasm_bindgen.start(bytes);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("__STYLE__");
  const mount = (root, element) =>
    wasm_bindgen.mount(root, element, {
      print: () => printAlone(element),
      copy: (text) => copyText(element, text),
    });
  return { sheet, mount };
}

document.currentScript.dispatchEvent(new CustomEvent("glue", { detail: start }));
