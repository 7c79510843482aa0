// What the page says stands in its HTML: sentences that come and go are in a template of it.

function say(name, places) {
  const text = document.getElementById("words").content.querySelector('[data-say="' + name + '"]').textContent;
  return places ? text.replace(/\{(\w+)\}/g, (_, place) => places[place]) : text;
}

const one = (id) => document.getElementById(id);
const all = (selector, of = document) => [...of.querySelectorAll(selector)];

// Beside a field: what to write instead, or nothing.
function tellBeside(field, text) {
  const place = one(field.id + "-error");
  if (!place) return;
  place.textContent = text;
  // A group of boxes is no control that could be invalid.
  if (field.tagName === "FIELDSET") return;
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
