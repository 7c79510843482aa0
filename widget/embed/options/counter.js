// `mode="counter"`: a shared PC at a desk. Nothing is kept (element.js sees to that); 次の方へ is always in
// sight; whoever walks away is asked for, and what they said is cleared.

const IDLE_SECONDS = 90;
const ACTIVITY = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"];

function counter(host, root, kit, signal) {
  const seconds = +kit.attribute(host, "idle") || IDLE_SECONDS;
  let timer;
  const clear = () => {
    host.reset();
    wait();
  };
  const says = kit.classed("p", "asks");
  const stay = kit.button("primary", "stay", WORDS.counterStay, wait);
  const next = kit.button("", "next-visitor", WORDS.counterNext, clear);
  const bar = kit.classed("div", "counter", says, kit.classed("div", "buttons", stay, next));
  says.setAttribute("role", "alert");
  bar.lang = "ja";
  root.append(bar);

  // The start screen shows nothing of anybody but a name that was searched for.
  const isUsed = () => {
    const app = root.querySelector(".app");
    return app.dataset.screen !== "start" || app.querySelector("input").value;
  };
  function wait() {
    clearTimeout(timer);
    says.textContent = "";
    stay.hidden = true;
    timer = setTimeout(ask, seconds * 1000);
  }
  function ask() {
    if (!isUsed()) return wait();
    says.textContent = fill(WORDS.counterAsks, { seconds: Math.ceil(seconds) });
    stay.hidden = false;
    timer = setTimeout(clear, seconds * 1000);
  }
  for (const kind of ACTIVITY) window.addEventListener(kind, wait, { signal, passive: true, capture: true });
  // A page that comes back from the browser's cache comes back as it was left.
  window.addEventListener("pageshow", (event) => event.persisted && clear(), { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    bar.remove();
  });
  wait();
}
