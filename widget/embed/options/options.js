// What only some site owners ask for, each in a file of this folder, and what to write instead of a value
// that cannot be used. The loader (michishirube.js) runs this script for elements that ask, before the
// first question, and takes one function from the event at its end. `kit` is what it lends: making
// elements, reading attributes, telling. `cargo xtask build` puts the files into one function. They know
// screens by their names, and nothing of answers.

const WRITE = {
  "contact-tel": "数字で書いてください。",
  "contact-url": "https:// で始まるアドレスを書いてください。",
  pref: "大阪府 のように、都道府県まで書いてください。",
  audience: "company か municipality と書いてください。",
  lang: "いま使えるのは ja だけです。",
  "heading-level": "1 から 4 で書いてください。",
  theme: "light・dark・auto のどれかを書いてください。",
  mode: "counter・auto・element・iframe のどれかを書いてください。",
  idle: "秒の数を書いてください。",
  timeout: "秒の数を書いてください。",
  now: "2026-11-22T12:00 の形（日本時間）で書いてください。",
};
const NAME = "ai-michishirube";
const EVENTS = "__EVENTS__";
const SWITCH = "on か off と書いてください。";

function options(host, root, kit) {
  const over = new AbortController();
  const { signal } = over;
  for (const name of kit.names) {
    const given = (host.getAttribute(name) || "").trim();
    if (given && !kit.attribute(host, name)) {
      kit.warn(name + '="' + given + '" は使えません。' + (WRITE[name] || SWITCH));
    }
  }
  colours(host, root, kit, signal);
  if (kit.attribute(host, "datalayer") === "on") {
    for (const name of EVENTS.split(" ")) {
      const event = "michishirube:" + name;
      const push = ({ detail }) => (window.dataLayer ||= []).push({ ...detail, event });
      host.addEventListener(event, push, { signal });
    }
  }
  // In a frame it is the frame that looks after these.
  if (!kit.framed) {
    if (kit.attribute(host, "history") === "on") walkHistory(host, root, signal);
    if (kit.attribute(host, "mode") === "counter") {
      host.addEventListener("michishirube:ready", () => counter(host, root, kit, signal), { signal });
    }
  }
  return {
    async prepare(loading) {
      const seconds = (+kit.attribute(host, "timeout") || kit.seconds) / 2;
      const [own] = await Promise.all([
        ownPrograms(host, kit, seconds),
        fresherData(host, kit, seconds, loading),
      ]);
      return own;
    },
    enframe: (address, place) => enframe(host, root, kit, signal, address, place),
    leave: () => over.abort(),
  };
}

document.currentScript.dispatchEvent(new CustomEvent("part", { detail: options }));
