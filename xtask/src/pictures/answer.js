"use strict";
// A firm that wants advice; わからない to everything else. Ends where the result says how old the data is.
(async () => {
  const known = { "org-type": "company", need: "adviser" };
  const host = document.querySelector("ai-michishirube");
  const app = () => host.shadowRoot && host.shadowRoot.querySelector(".app");
  const until = async (done) => {
    while (!done()) await new Promise((go) => setTimeout(go, 20));
  };
  const place = () => `${app().dataset.screen} ${app().dataset.question}`;
  const press = async (action) => {
    const before = place();
    app().querySelector(`[data-action=${action}]`).click();
    await until(() => place() !== before);
  };
  await until(app);
  await press("start");
  while (app().dataset.screen === "question") {
    const value = known[app().dataset.question] || "unknown";
    const input = [...app().querySelectorAll("fieldset input")].find((input) => input.value === value);
    if (!input.checked) input.click();
    await until(() => input.checked);
    await press("next");
  }
  await press("see-result");
  // Pictures of scrolled pages come out empty: the page's end is fixed to the window's instead.
  document.body.style.cssText = "position:fixed;left:0;right:0;bottom:1.5rem;margin:0";
})();
