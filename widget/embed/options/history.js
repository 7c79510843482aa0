// `history="on"`: the browser's own Back leads to the screen before. Each step forward is an entry in
// the page's history, and each step back takes one away; the entries keep the page's own state.

const DEPTH = "ai-michishirube";

function walkHistory(host, root, signal) {
  let depth = 0;
  // Moves of the history that we asked for ourselves.
  let own = 0;
  // Which way the next screen is reached: by the browser's Back, by our button, or forward.
  let way = "";
  let before;
  const at = () => {
    const { screen, question } = root.querySelector(".app").dataset;
    return screen + " " + question;
  };
  const move = (by) => {
    if (!by) return;
    own += 1;
    history.go(by);
  };
  function onScreen() {
    const here = at();
    if (!before || here === before) return;
    before = here;
    if (way === "browser") return;
    if (way === "button") {
      move(depth && -1);
      depth = Math.max(depth - 1, 0);
    } else if (here.startsWith("start")) {
      move(-depth);
      depth = 0;
    } else {
      depth += 1;
      history.pushState({ ...history.state, [DEPTH]: depth }, "");
    }
  }
  function go(how) {
    way = how;
    // The screen is drawn before the next task.
    setTimeout(() => (way = ""));
  }
  host.addEventListener("michishirube:ready", () => (before = at()), { signal });
  root.addEventListener("click", (event) => event.target.closest("[data-action=back]") && go("button"), {
    signal,
    capture: true,
  });
  window.addEventListener("popstate", (event) => {
    if (own) {
      own -= 1;
      return;
    }
    const to = event.state?.[DEPTH] || 0;
    // Forward leads nowhere: what comes next is for the answers to say.
    if (to > depth) return move(depth - to);
    go("browser");
    for (; depth > to; depth -= 1) host.back();
  }, { signal });
  const watch = new MutationObserver(onScreen);
  watch.observe(root, { subtree: true, attributeFilter: ["data-screen", "data-question"] });
  signal.addEventListener("abort", () => watch.disconnect());
}
