// The form of the settings, the widget that shows them, and what to paste.

// Where this page lies is where its files are; opened as a file it has no address.
const BASE = /^https?:$/.test(location.protocol) ? new URL(".", location.href).href : "";
const ONLY_HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

// What can be used of the form, in its order; fields with another value are told beside them.
function readSettings() {
  const settings = [];
  let isFine = true;
  for (const field of all("[data-attribute]", one("settings"))) {
    const name = field.dataset.attribute;
    const value = field.value.trim();
    const fits = !value || ATTRIBUTES[name].test(value);
    tellBeside(field, fits ? "" : WRITE[name]);
    if (value && fits) settings.push([name, value]);
    isFine = isFine && fits;
  }
  return { settings, isFine };
}

function readFolder() {
  const field = one("folder");
  const folder = field.value.trim().replace(/\/*$/, "/");
  const fits = /^(\/(?!\/)|https?:\/\/[^\s/]+\/)\S*$/.test(folder) && (folder[0] === "/" || URL.canParse(folder));
  tellBeside(field, fits ? "" : say("folder"));
  return fits ? folder : "";
}

// A trial leaves nothing behind on this page, and asks no other host for anything.
const NOT_TRIED = ["storage", "history", "datalayer", "programs"];
let tried;

function preview(settings) {
  const shown = settings.filter(([name]) => !NOT_TRIED.includes(name));
  const same = JSON.stringify(shown);
  if (same === tried) return;
  tried = same;
  const trial = document.createElement("ai-michishirube");
  for (const [name, value] of [...shown, ["storage", "off"]]) trial.setAttribute(name, value);
  one("stage").replaceChildren(trial);
}

function chosenWay() {
  return document.querySelector("input[name=way]:checked").value;
}

function showSnippets() {
  const { settings, isFine } = readSettings();
  preview(settings);
  const given = Object.fromEntries(settings);
  one("no-snippet").hidden = !!given.operator;
  one("to-mend").hidden = !given.operator || isFine;
  one("snippets").hidden = !given.operator || !isFine;
  const way = chosenWay();
  const folder = readFolder();
  for (const panel of all("div[data-way]")) panel.hidden = panel.dataset.way !== way;
  const needsBase = way !== "zip" && way !== "wordpress";
  one("only-here").hidden = !(needsBase && BASE && ONLY_HERE);
  one("no-address").hidden = !(needsBase && !BASE);
  for (const name in SNIPPETS) {
    const place = one("snippet-" + name);
    // No snippet without a name, and none with an address that is not there.
    const has = given.operator && isFine && (name === "wordpress" || (name === "zip" ? folder : BASE));
    place.textContent = has ? SNIPPETS[name](BASE, settings, folder) : "";
  }
  one("csp").textContent = policy(way, BASE, folder, given.programs || "");
  return { given, way, folder };
}

async function copyText(place) {
  const status = one("status");
  status.textContent = "";
  try {
    await navigator.clipboard.writeText(place.textContent);
    status.textContent = say("copied");
  } catch (_) {
    getSelection().selectAllChildren(place);
    status.textContent = say("copy-by-hand");
  }
}

// What this site lacks is not offered.
async function offer(name, address) {
  let isThere = false;
  try {
    isThere = (await fetch(address, { method: "HEAD", cache: "no-store" })).ok;
  } catch (_) {
    // Not there.
  }
  for (const part of all('[data-needs="' + name + '"]')) part.hidden = !isThere;
  for (const part of all('[data-lacks="' + name + '"]')) part.hidden = isThere;
}

function startForm(update) {
  one("settings").addEventListener("submit", (event) => event.preventDefault());
  let timer;
  // The trial is built anew for each change: not for every letter.
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 300);
  };
  one("settings").addEventListener("input", soon);
  one("folder").addEventListener("input", soon);
  one("ways").addEventListener("change", update);
  for (const choice of all("input[name=width]")) {
    choice.addEventListener("change", () => (one("stage").dataset.width = choice.value));
  }
  for (const button of all("[data-copy]")) {
    button.addEventListener("click", () => copyText(one(button.dataset.copy)));
  }
  for (const place of all("[data-fact=base]")) place.textContent = BASE;
  if (BASE) {
    offer("zip", FACTS.zip);
    offer("plugin", FACTS.plugin);
    offer("frame", frameAddress(BASE));
  }
}
