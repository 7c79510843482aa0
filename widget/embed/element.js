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

// Focuses a part of the screen, and scrolls only if it is out of sight or under what the page keeps
// fixed at its top.
function focusOn(element, part) {
  part.focus({ preventScroll: true });
  const { top, bottom } = part.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) part.scrollIntoView();
  const now = part.getBoundingClientRect();
  const over = document.elementFromPoint(now.left + 1, now.top + 1);
  if (!over || over.contains(element)) return;
  const hidden = over.getBoundingClientRect().bottom - now.top;
  if (hidden > 0) scrollBy(0, -hidden);
}

// What the WASM asks of the page for one element. `read` gives an attribute's value if it can be used,
// `tell` sends an event, which never carries an answer; nor a question, since which one is asked tells
// what was answered before.
function tools(root, element, read, tell, own) {
  // Counts up when what is kept changes its shape; older entries are then ignored.
  const index = [...document.querySelectorAll(element.localName)].indexOf(element);
  const key = "ai-michishirube:1" + (index > 0 ? ":" + index : "");
  const isKept = read("storage") !== "off" && read("mode") !== "counter";
  // Storage may be switched off, full or forbidden; then a reload begins anew.
  const keeping = (act) => {
    try {
      return isKept ? act(sessionStorage) : null;
    } catch (_) {
      return null;
    }
  };
  let before;
  root.addEventListener("click", (event) => {
    const program = event.target.closest("a[href]")?.closest("[data-program]");
    if (program) tell("program-click", { programId: program.dataset.program });
  });
  return {
    read,
    own: (today, group) => own?.show(today, group),
    recall: () => keeping((store) => store.getItem(key)),
    keep: (text) => keeping((store) => (text ? store.setItem(key, text) : store.removeItem(key))),
    print() {
      tell("print");
      printAlone(element);
    },
    copy(text) {
      tell("share");
      return copyText(element, text + (own?.text() ?? ""));
    },
    // Called whenever something was drawn.
    shown() {
      const { screen, question, position } = root.querySelector(".app").dataset;
      const last = before;
      before = screen + question;
      const alert = root.querySelector("[role=alert]");
      // On load the page's own focus and scroll position are left alone.
      if (!last) return tell("ready");
      if (last === before) return alert && focusOn(element, alert);
      focusOn(element, root.querySelector("[data-heading]"));
      if (/^start|^resume/.test(last)) tell("start");
      if (question) tell("step", { part: screen, index: +position });
      if (screen === "result") tell("complete", { programs: root.querySelectorAll("article").length });
    },
  };
}

// Starts the WASM; gives what the loader needs to put it into an element.
async function start(bytes) {
  await wasm_bindgen.start(bytes);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("__STYLE__");
  const mount = (root, ...page) => wasm_bindgen.mount(root, tools(root, ...page));
  return { sheet, mount, refresh: wasm_bindgen.refresh };
}

document.currentScript.dispatchEvent(new CustomEvent("part", { detail: start }));
