// Whether the files beside this page come as they were given out, and what to do where they do not.

// What each kind of file must be called.
const KINDS = {
  js: ["text/javascript", /^(text|application)\/(x-)?javascript\b/],
  wasm: ["application/wasm", /^application\/wasm\b/],
  html: ["text/html", /^text\/html\b/],
  css: ["text/css", /^text\/css\b/],
};

function checkWasm() {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return ["fine", say("wasm-runs")];
  } catch (_) {
    return ["wrong", say("wasm-blocked")];
  }
}

// One file: what is said of it, and its headers.
async function checkFile([file, integrity]) {
  const address = new URL(file, BASE).href;
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store" });
  } catch (_) {
    return { said: ["wrong", say("file-unreachable", { file })] };
  }
  if (!answer.ok) return { said: ["wrong", say("file-lost", { file, status: answer.status })] };
  try {
    await (await fetch(address, { cache: "no-store", integrity })).arrayBuffer();
  } catch (_) {
    return { said: ["wrong", say("file-damaged", { file })] };
  }
  const type = answer.headers.get("content-type") || "–";
  const ending = file.split(".").pop();
  const [wanted, pattern] = KINDS[ending];
  const places = { file, type, wanted };
  let said = ["fine", say("file-fine", places)];
  if (!pattern.test(type)) {
    // The loader reads WASM whatever it is called.
    said = ending === "wasm" ? ["better", say("type-better", places)] : ["wrong", say("type-wrong", places)];
  }
  return { said, headers: answer.headers };
}

function showSaid([mark, text]) {
  const line = document.createElement("li");
  const label = document.createElement("strong");
  line.dataset.mark = mark;
  label.textContent = { fine: say("mark-fine"), better: say("mark-better"), wrong: say("mark-wrong") }[mark];
  line.append(label, " ", text);
  one("check-list").append(line);
}

async function checkAll() {
  const status = one("check-status");
  status.textContent = say("check-running");
  one("check-list").replaceChildren();
  const marks = [];
  const tell = (said) => (marks.push(said[0]), showSaid(said));
  tell(checkWasm());
  let headers;
  for (const file of FACTS.files) {
    const checked = await checkFile(file);
    tell(checked.said);
    if (file[0].endsWith(".wasm")) headers = checked.headers;
  }
  if (headers) {
    const open = ["*", location.origin].includes(headers.get("access-control-allow-origin"));
    tell(open ? ["fine", say("cors-fine")] : ["better", say("cors-lacks")]);
    const how = headers.get("content-encoding");
    tell(how ? ["fine", say("packed", { how })] : ["better", say("unpacked")]);
  }
  const of = (mark) => marks.filter((one) => one === mark).length;
  if (of("wrong")) status.textContent = say("check-fails", { n: of("wrong") });
  else if (of("better")) status.textContent = say("check-works", { n: of("better") });
  else status.textContent = say("check-fine");
}

function startCheck() {
  one("check-start").addEventListener("click", checkAll);
  one("check-start").disabled = !BASE;
}
