// The two papers: sentences stand in the page; here they are chosen by the way of placing and filled.

function fillPapers({ given, way, folder }) {
  const contact = [given["contact-tel"], given["contact-hours"]].filter(Boolean).join("、");
  const chosen = document.querySelector("input[name=way]:checked").parentElement;
  const facts = {
    operator: given.operator || say("no-operator"),
    contact: contact || say("no-contact"),
    way: chosen.textContent.trim(),
    host: BASE && new URL(BASE).host,
    folder,
    csp: one("csp").textContent,
  };
  for (const place of all(".sheet [data-fact]")) place.textContent = facts[place.dataset.fact];
  for (const part of all(".sheet [data-for]")) part.hidden = !part.dataset.for.split(" ").includes(way);
}

// One of them at a time; from the browser's own menu both are printed, a page each.
function printPaper(event) {
  document.body.dataset.print = event.currentTarget.dataset.print;
  print();
}

function startPapers() {
  for (const button of all("button[data-print]")) button.addEventListener("click", printPaper);
  addEventListener("afterprint", () => delete document.body.dataset.print);
}
