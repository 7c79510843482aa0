"use strict";
// Keeps what was decided, shows ten proposals at a time, and saves decisions.json. Nothing is sent.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const names = { accept: "採用", edit: "修正", reject: "却下", hold: "保留" };
  const batch = 10;
  const articles = [...document.querySelectorAll("article")];
  const who = document.getElementById("who");
  const acknowledged = document.getElementById("acknowledged");
  let decided = {};
  let saved = true;
  let first = 0;

  // A browser may forbid a page from a disk to store anything; then a reload starts anew.
  const store = {
    get() {
      try { return JSON.parse(localStorage.getItem(data.key)) || {}; } catch { return {}; }
    },
    set(value) {
      try { localStorage.setItem(data.key, JSON.stringify(value)); } catch { /* kept in the page only */ }
    },
  };

  const part = (article, selector) => article.querySelector(selector);
  const fields = (article) => [...article.querySelectorAll("[data-field]")];

  // Why a choice cannot stand yet; empty if it can.
  function objection(proposal, article, choice) {
    if (choice !== "accept" && choice !== "edit") return "";
    if (proposal.held && !(acknowledged && acknowledged.value.trim())) {
      return "変化が大きいため保留中です。ページの上の欄に理由を書いてから選んでください。";
    }
    if (choice === "accept" && proposal.broken) {
      return "このままではデータの不備になります。「修正」か「保留」にしてください。";
    }
    if (proposal.alternatives > 0 && !part(article, "input[type=radio]:checked")) {
      return "正しいものを1つ選んでから「採用」を押してください。";
    }
    if (choice === "edit" && proposal.fields.length === 0) {
      return "この更新案には直せる欄がありません。ほかのボタンを選んでください。";
    }
    for (const field of proposal.fields) {
      const written = choice === "edit" ? part(article, `[data-field="${field.key}"]`).value.trim() : field.value;
      if (field.required && !written) {
        return choice === "edit"
          ? `「${field.label}」を入れてください。`
          : `「${field.label}」が分からないため、このままでは採用できません。「修正」で書いてください。`;
      }
    }
    return "";
  }

  function show(article, proposal) {
    const decision = decided[proposal.id];
    const choice = decision ? decision.choice : "";
    article.dataset.choice = choice;
    for (const button of article.querySelectorAll("[data-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.choice === choice));
    }
    const edit = part(article, ".fields");
    if (edit) edit.hidden = choice !== "edit";
    part(article, ".why").hidden = choice !== "reject";
    const mark = part(article, ".decided");
    mark.hidden = !choice;
    mark.textContent = choice ? names[choice] : "";
    part(article, ".error").textContent = choice ? objection(proposal, article, choice) : "";
  }

  function progress() {
    const all = data.proposals.length;
    const done = data.proposals.filter((one) => decided[one.id]).length;
    const open = data.proposals.filter((one, index) => decided[one.id] && objection(one, articles[index], decided[one.id].choice)).length;
    document.getElementById("progress").textContent =
      `${all}件中 ${done}件を決めました` + (open ? `（${open}件は書き足しが必要です）` : "") + (saved || !done ? "" : "・未保存");
    document.getElementById("meter").style.width = all ? `${(done * 100) / all}%` : "0";
  }

  function changed() {
    saved = false;
    store.set({ decided, who: who.value, acknowledged: acknowledged ? acknowledged.value : "" });
    progress();
  }

  function read(article, proposal) {
    const decision = decided[proposal.id];
    if (!decision) return;
    const chosen = part(article, "input[type=radio]:checked");
    decision.alternative = chosen ? Number(chosen.value) : undefined;
    decision.values = decision.choice === "edit" ? Object.fromEntries(fields(article).map((field) => [field.dataset.field, field.value.trim()])) : {};
    decision.why = part(article, "[data-why]").value.trim() || undefined;
  }

  function batches() {
    const nav = document.getElementById("batches");
    articles.forEach((article, index) => { article.hidden = index < first || index >= first + batch; });
    nav.replaceChildren();
    nav.hidden = articles.length <= batch;
    const step = (text, to) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", () => {
        first = to;
        batches();
        part(articles[first], "h2").focus();
        articles[first].scrollIntoView();
      });
      nav.append(button);
    };
    if (first > 0) step("前の10件", first - batch);
    const place = document.createElement("span");
    place.textContent = `${first + 1}〜${Math.min(first + batch, articles.length)}件目（全${articles.length}件）`;
    nav.append(place);
    if (first + batch < articles.length) step("次の10件", first + batch);
  }

  const before = store.get();
  const known = new Set(data.proposals.map((proposal) => proposal.id));
  for (const [id, decision] of Object.entries(before.decided || {})) if (known.has(id)) decided[id] = decision;
  if (before.who) who.value = before.who;
  if (acknowledged && before.acknowledged) acknowledged.value = before.acknowledged;

  data.proposals.forEach((proposal, index) => {
    const article = articles[index];
    const old = decided[proposal.id];
    if (old) {
      for (const field of fields(article)) if (old.values && field.dataset.field in old.values) field.value = old.values[field.dataset.field];
      if (old.alternative !== undefined) part(article, `input[type=radio][value="${old.alternative}"]`).checked = true;
      if (old.why) part(article, "[data-why]").value = old.why;
    }
    for (const button of article.querySelectorAll("[data-choice]")) {
      button.addEventListener("click", () => {
        const choice = button.dataset.choice;
        // What is to be written can still be written after pressing 修正.
        const waits = choice === "edit" && proposal.fields.length > 0 && !proposal.held;
        const objects = waits ? "" : objection(proposal, article, choice);
        if (objects) {
          delete decided[proposal.id];
          show(article, proposal);
          part(article, ".error").textContent = objects;
          changed();
          return;
        }
        // Pressing a pressed button takes the decision back.
        if (decided[proposal.id] && decided[proposal.id].choice === choice) delete decided[proposal.id];
        else decided[proposal.id] = { choice };
        read(article, proposal);
        show(article, proposal);
        changed();
        if (choice === "edit" && decided[proposal.id] && fields(article)[0]) fields(article)[0].focus();
      });
    }
    article.addEventListener("input", () => { read(article, proposal); show(article, proposal); changed(); });
    show(article, proposal);
  });
  who.addEventListener("input", changed);
  if (acknowledged) acknowledged.addEventListener("input", () => {
    data.proposals.forEach((proposal, index) => show(articles[index], proposal));
    changed();
  });

  document.getElementById("save").addEventListener("click", () => {
    const wrong = data.proposals.findIndex((proposal, index) => decided[proposal.id] && objection(proposal, articles[index], decided[proposal.id].choice));
    if (wrong >= 0) {
      first = wrong - (wrong % batch);
      batches();
      articles[wrong].scrollIntoView();
      part(articles[wrong], "h2").focus();
      return;
    }
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const when = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}`;
    const file = { schema: 1, decisions: [] };
    if (acknowledged && acknowledged.value.trim()) file.acknowledged = { crawl: data.crawl, reason: acknowledged.value.trim() };
    data.proposals.forEach((proposal) => {
      const decision = decided[proposal.id];
      if (!decision) return;
      file.decisions.push({
        proposal: proposal.id,
        choice: decision.choice,
        alternative: decision.alternative,
        values: decision.values && Object.keys(decision.values).length ? decision.values : undefined,
        who: who.value.trim() || undefined,
        when,
        why: decision.why,
        headline: proposal.headline,
        url: proposal.url || undefined,
      });
    });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2) + "\n"], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    saved = true;
    progress();
    document.getElementById("progress").textContent += "・decisions.json を保存しました";
  });
  addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  batches();
  progress();
})();
