// `programs="…/local.json"`: the owner's own programs and consultation days, checked by the JSON Schema
// of shared/src/authoring/local.rs and made into cards. Texts stay texts: elements are made one by one.

// The JSON Schema of the file.
const SCHEMA = "__LOCAL_SCHEMA__";
const PROGRAMS_MOST = 64 * 1024;
// What the file calls those for whom an entry is, and the groups of visitors.
const GROUPS = { company: "firm", municipality: "lg", organization: "body" };

// Walks a value by the part of JSON Schema that local.json needs. Only names that the schema has are
// looked at, so that neither depth nor a name such as __proto__ leads anywhere.
function check(value, schema, at, tell) {
  if (schema.$ref) return check(value, SCHEMA.$defs[schema.$ref.slice(8)], at, tell);
  const is = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const types = [].concat(schema.type || is).map((type) => (type === "integer" ? "number" : type));
  const isDay = (text) => {
    const day = new Date(text + "T00:00Z");
    return /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(day) && day.toISOString().startsWith(text);
  };
  const fits = types.includes(is)
    && ("const" in schema ? value === schema.const : true)
    && (!schema.oneOf || schema.oneOf.some((one) => value === one.const))
    && (is === "string"
      ? value.length >= (schema.minLength || 0)
        && value.length <= (schema.maxLength ?? Infinity)
        && (!schema.pattern || new RegExp(schema.pattern, "u").test(value))
        && (schema.format !== "date" || isDay(value))
      : true)
    && (is === "array" ? value.length <= (schema.maxItems ?? Infinity) : true);
  if (!fits) {
    tell(at, schema["x-write"] || "使える値を書いてください");
    return false;
  }
  // The list itself is kept; what does not fit of its entries is left out by whoever asked.
  if (is === "array") return value.every((part, i) => check(part, schema.items, at + "[" + i + "]", tell));
  if (is !== "object" || !schema.properties) return true;
  let isFine = true;
  for (const name of schema.required || []) {
    if (!Object.hasOwn(value, name)) {
      tell(at + "." + name, "この項目がありません。書いてください");
      isFine = false;
    }
  }
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(schema.properties, name);
    if (!known) tell(at + "." + name, "知らない項目です。消してください");
    isFine = known && check(value[name], schema.properties[name], at + "." + name, tell) && isFine;
  }
  return isFine;
}

// The entries of a parsed file that fit; each problem is told. One bad entry takes no other with it.
function entries(file, tell) {
  const definitions = SCHEMA.$defs;
  const own = (name) => (file && Object.hasOwn(file, name) ? file[name] : undefined);
  const lists = { programs: definitions.LocalProgram, days: definitions.ConsultationDay };
  const head = { ...SCHEMA, properties: { ...SCHEMA.properties } };
  for (const name in lists) {
    const { items: _, ...list } = SCHEMA.properties[name];
    head.properties[name] = { ...list, items: {} };
  }
  const found = [];
  if (!check(file, head, "local.json", tell)) return found;
  for (const name in lists) {
    (own(name) || []).forEach((entry, i) => {
      if (check(entry, lists[name], name + "[" + i + "]", tell)) found.push([name + "-" + i, entry]);
    });
  }
  return found;
}

function day(text) {
  const [year, month, date] = text.split("-").map(Number);
  const weekday = "日月火水木金土"[new Date(text + "T00:00Z").getUTCDay()];
  return year + "年" + month + "月" + date + "日（" + weekday + "）";
}

const fill = (text, places) => text.replace(/\{(\w+)\}/g, (_, name) => places[name]);

function when({ date, from, until, hours }) {
  const places = { hours: hours || "" };
  for (const [name, value] of Object.entries({ date, from, until })) {
    if (value) places[name] = day(value);
  }
  if (date) return fill(WORDS.localDay, places);
  if (until) return fill(from ? WORDS.localBetween : WORDS.localUntil, places);
  return from && fill(WORDS.localFrom, places);
}

// The owner's own entries, as the result shows and copies them.
function local(host, kit, all) {
  const { el, classed, attribute } = kit;
  const operator = attribute(host, "operator");
  const by = operator ? fill(WORDS.by, { operator }) : WORDS.byDemo;
  let shown = [];
  const link = (url) => ({ href: url, target: "_blank", rel: "noopener" });
  const line = (label, ...what) =>
    classed("div", "when", classed("p", "label", label), el("ul", {}, el("li", {}, ...what)));
  const card = ([id, entry]) =>
    el(
      "article",
      { class: "card", part: "card", "data-program": "own-" + id },
      classed("p", "labels", classed("span", "mark", by)),
      kit.heading(host, 2, entry.title),
      entry.summary && el("p", {}, entry.summary),
      when(entry) && line(entry.date ? WORDS.localDate : WORDS.localWhen, when(entry)),
      entry.place && line(WORDS.localPlace, entry.place),
      (entry.tel || entry.url) && el(
        "p",
        {},
        entry.tel && el("a", { href: "tel:" + entry.tel.replace(/[ ()]/g, "") }, fill(WORDS.tel, entry)),
        entry.tel && entry.url && "　",
        entry.url && el("a", link(entry.url), WORDS.localPage),
      ),
    );
  return {
    // What is not over on a day, for a group of visitors: nearest first.
    show(today, group) {
      shown = all
        .filter(([, entry]) => (entry.until || entry.date || today) >= today)
        .filter(([, { for: who }]) => !group || !who?.length || who.some((one) => GROUPS[one] === group))
        .sort(([, a], [, b]) => (a.date || "").localeCompare(b.date || ""));
      return shown.length ? el("div", {}, ...shown.map(card)) : undefined;
    },
    text: () =>
      shown.map(([, entry]) => "\n" + [entry.title, when(entry), by].filter(Boolean).join("／")).join(""),
  };
}

async function ownPrograms(host, kit, seconds) {
  const url = kit.attribute(host, "programs");
  if (!url) return undefined;
  const tell = (at, write) => kit.warn('programs="' + url + '" ' + at + "：" + write);
  try {
    const bytes = await read(url, PROGRAMS_MOST, seconds);
    const file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    let problems = 0;
    const found = entries(file, (...what) => (problems++, tell(...what)));
    if (problems) kit.tell(host, "error", { code: "programs" });
    return local(host, kit, found);
  } catch (error) {
    const isSpelling = error instanceof SyntaxError;
    tell(isSpelling ? "JSON の書き方が正しくありません。括弧・引用符・コンマを確かめてください" : "読み込めません", error);
    kit.tell(host, "error", { code: "programs" });
    return undefined;
  }
}
