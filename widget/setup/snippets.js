// What owners paste, as text. A name typed into the form may hold anything; each way of placing has its
// own way to say it so that it stays a name.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const inAttribute = (text) => text.replace(/[&<>"]/g, (char) => ENTITIES[char]);

// WordPress takes a shortcode's value up to the next quote, the shortcode up to the next bracket, and
// backslashes away; what it hands on keeps entities.
const inShortcode = (text) => text.replace(/[&<>"'[\]\\]/g, (char) => "&#" + char.charCodeAt() + ";");

// [name, value] pairs as attributes, each with a space before it.
const attributes = (settings, prefix, escape) =>
  settings.map(([name, value]) => " " + prefix + name + '="' + escape(value) + '"').join("");

const script = (address, more) => '<script async src="' + inAttribute(address) + '"' + more + "></script>";

// The link that stands where the widget cannot run.
const link = (base) => '<a href="' + inAttribute(base + "programs.html") + '">' + say("list") + "</a>";

const loader = (base, version) => base + "v/" + version + "/michishirube.js";

const element = (base, settings) =>
  "<ai-michishirube" + attributes(settings, "", inAttribute) + ">" + link(base) + "</ai-michishirube>";

// Editors that strip unknown elements keep a div.
const placeholder = (base, settings) =>
  "<div data-ai-michishirube" + attributes(settings, "data-", inAttribute) + ">" + link(base) + "</div>";

const frameAddress = (base) => base + "v/" + FACTS.major + "/frame.html";

const SNIPPETS = {
  zip: (_, settings, folder) => placeholder(folder, settings) + script(loader(folder, FACTS.major), ""),
  tag: (base, settings) => element(base, settings) + script(loader(base, FACTS.major), ""),
  pinned: (base, settings) =>
    element(base, settings)
    + script(loader(base, FACTS.version), ' integrity="' + FACTS.integrity + '" crossorigin="anonymous"'),
  wordpress: (_, settings) => "[ai_michishirube" + attributes(settings, "", inShortcode) + "]",
  html: (base, settings) => placeholder(base, settings) + script(loader(base, FACTS.major), ""),
  iframe(base, settings) {
    // A frame keeps no entries in the page's history.
    const given = settings.filter(([name]) => name !== "history");
    const query = given.map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&");
    return '<iframe src="' + inAttribute(frameAddress(base) + "?" + query) + '" title="' + say("frame-title")
      + '" width="100%" height="720" loading="lazy" allow="clipboard-write"></iframe>';
  },
};

// What a Content-Security-Policy must have for a way of placing, and no more.
function policy(way, base, folder, programs) {
  const origins = new Set();
  const add = (address) => /^https?:\/\//.test(address) && origins.add(new URL(address).origin);
  if (way === "zip") add(folder);
  else if (way !== "wordpress") add(base);
  const from = (list) => ["'self'", ...list].join(" ");
  if (way === "iframe") return "frame-src " + from(origins);
  const files = from(origins) + " 'wasm-unsafe-eval'";
  try {
    add(programs);
  } catch (_) {
    // An address that is none is told where it is typed.
  }
  return "script-src " + files + "; connect-src " + from(origins);
}
