// The form for `local.json`. What may stand in the file is for the widget's own walker to say
// (widget/embed/options/local.js, which stands before this in the script); the fields are the page's.

const LISTS = ["programs", "days"];
const MOST = SCHEMA.properties.programs.maxItems;
let count = 0;

const entriesOf = (list) => all(".entry", one("own-" + list));

function number() {
  for (const list of LISTS) {
    const shown = entriesOf(list);
    shown.forEach((entry, i) => (entry.querySelector("[data-number]").textContent = i + 1));
    document.querySelector('[data-add="' + list + '"]').hidden = shown.length >= MOST;
  }
}

// An entry of the form, with what a file has for it; what fits no field is left to the walker to tell.
function addEntry(list, from) {
  const entry = one("entry-" + list).content.cloneNode(true).firstElementChild;
  for (const field of all("[data-name]", entry)) {
    const name = field.dataset.name;
    const value = from && Object.hasOwn(from, name) ? from[name] : undefined;
    field.id = "own-field-" + ++count;
    const error = document.createElement("p");
    error.className = "error";
    error.id = field.id + "-error";
    field.setAttribute("aria-describedby", error.id);
    const labelled = field.closest("label") || field;
    labelled.after(error);
    if (name === "for") {
      for (const box of all("input", field)) box.checked = Array.isArray(value) && value.includes(box.value);
    } else if (typeof value === "string") {
      // A date field shows no text that is no day: it is told beside it instead.
      field.value = value;
    }
  }
  entry.querySelector("[data-remove]").addEventListener("click", () => {
    const list = entry.parentElement;
    const next = entry.nextElementSibling || entry.previousElementSibling;
    entry.remove();
    number();
    (next?.querySelector("[data-name]") || document.querySelector('[data-add="' + list.id.slice(4) + '"]')).focus();
  });
  one("own-" + list).append(entry);
  number();
  return entry;
}

function written(entry) {
  const made = {};
  for (const field of all("[data-name]", entry)) {
    const name = field.dataset.name;
    if (name === "for") {
      const chosen = all("input:checked", field).map((box) => box.value);
      if (chosen.length) made[name] = chosen;
    } else if (field.value.trim()) made[name] = field.value.trim();
    // A day that a browser cannot read is no day left out.
    else if (field.validity.badInput) made[name] = "?";
  }
  return made;
}

function writtenFile() {
  const file = { version: SCHEMA.properties.version.const };
  for (const list of LISTS) file[list] = entriesOf(list).map(written);
  return file;
}

// What the walker says of a file: beside the fields where there is one, and the rest as sentences.
function tellProblems(file, shown) {
  const rest = [];
  for (const field of all("[data-name]", one("own-form"))) tellBeside(field, "");
  let first;
  entries(file, (at, write) => {
    const [, list, index, name] = /^(\w+)\[(\d+)\](?:\.([\w-]+))?/.exec(at) || [];
    const entry = list && shown && entriesOf(list)[index];
    const field = entry && name && entry.querySelector('[data-name="' + name + '"]');
    if (!field) return rest.push(at + "：" + write);
    // A field that was left empty is told like one that does not fit.
    const { properties } = SCHEMA.$defs[SCHEMA.properties[list].items.$ref.slice(8)];
    tellBeside(field, properties[name]["x-write"]);
    first ||= field;
  });
  return { rest, first };
}

function tellOwn(lines) {
  const place = one("own-told");
  place.hidden = !lines.length;
  place.replaceChildren(...lines.map((line) => {
    const made = document.createElement("p");
    made.textContent = line;
    return made;
  }));
}

function saveOwn(event) {
  event.preventDefault();
  one("own-status").textContent = "";
  const file = writtenFile();
  const { rest, first } = tellProblems(file, true);
  tellOwn(first || rest.length ? [say("own-mend"), ...rest] : []);
  if (first || rest.length) return (first || one("own-told")).focus();
  const text = JSON.stringify(file, null, 2) + "\n";
  const save = document.createElement("a");
  save.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  save.download = "local.json";
  save.click();
  // A browser that saves slowly still reads it.
  setTimeout(() => URL.revokeObjectURL(save.href), 60000);
  one("own-status").textContent = say("own-saved", { n: file.programs.length + file.days.length });
}

async function readOwn() {
  one("own-status").textContent = "";
  const [chosen] = one("own-file").files;
  if (!chosen) return;
  let file;
  try {
    if (chosen.size > PROGRAMS_MOST) throw new Error("too long");
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer()));
  } catch (_) {
    return tellOwn([say("own-broken", { name: chosen.name })]);
  }
  const problems = [];
  entries(file, (at, write) => problems.push([at, write]));
  // What is wrong with the file as a whole leaves the form as it is.
  const whole = problems.filter(([at]) => at.startsWith("local.json"));
  if (whole.length) {
    return tellOwn([say("own-refused", { name: chosen.name }), ...whole.map(([at, write]) => at + "：" + write)]);
  }
  for (const list of LISTS) {
    one("own-" + list).replaceChildren();
    for (const entry of (Object.hasOwn(file, list) && file[list]) || []) addEntry(list, entry);
  }
  number();
  const { rest, first } = tellProblems(file, true);
  tellOwn(problems.length ? [say("own-partly", { name: chosen.name }), ...rest] : []);
  one("own-status").textContent = say("own-read", { name: chosen.name });
  if (first) first.focus();
}

function startOwn() {
  for (const button of all("[data-add]")) {
    const { add } = button.dataset;
    button.addEventListener("click", () => {
      if (entriesOf(add).length < MOST) addEntry(add).querySelector("[data-name]").focus();
    });
  }
  one("own-form").addEventListener("submit", saveOwn);
  one("own-file").addEventListener("change", readOwn);
}
