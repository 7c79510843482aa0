"use strict";
// A proposal that changes something the visitors see now: old, new, quote and both cards. On a phone,
// where one proposal takes several screens, the start of the page.
addEventListener("load", () => {
  const articles = [...document.querySelectorAll("article")];
  const full = articles.find((article) => article.querySelector(".cards") && !article.querySelector(".old .none"));
  // Pictures of scrolled pages come out empty: the page is moved up instead.
  if (full && innerWidth > 800) document.body.style.marginTop = `${-full.getBoundingClientRect().top}px`;
});
