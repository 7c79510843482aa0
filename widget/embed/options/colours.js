// `theme` and `--michi-key`: dark colours, and the owner's brand colour, made darker or lighter until it
// can be read (WCAG 2.2 AA, 4.5 to 1). On paper the widget's own colours stay.

const DARK = "__DARK__";
const STYLE = "__COUNTER__";
const ENOUGH = 4.5;
const LIGHT_PAPER = [255, 255, 255];
const DARK_PAPER = [26, 26, 30];

// Relative luminance and contrast as WCAG defines them.
function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const mix = (from, to, share) => from.map((value, i) => Math.round(value + (to[i] - value) * share));
const rgb = (colour) => "rgb(" + colour.join() + ")";

// The colours made from a brand colour on a paper: links and buttons on it and on a tint of it, and
// what is written on a button.
function brand(given, paper) {
  const isDark = luminance(paper) < 0.5;
  const end = isDark ? [255, 255, 255] : [0, 0, 0];
  const pale = (key) => mix(paper, key, isDark ? 0.2 : 0.08);
  let key = given;
  for (let share = 0; share <= 1 && contrast(key, pale(key)) < ENOUGH; share += 0.02) key = mix(given, end, share);
  return { key, dark: mix(key, end, 0.25), pale: pale(key), on: paper };
}

// A colour in any spelling of CSS as three numbers; nothing if it is none, or not opaque.
function numbers(root, written) {
  if (!CSS.supports("color", written)) return null;
  const probe = document.createElement("i");
  root.append(probe);
  const shown = (spelling) => {
    probe.style.color = spelling;
    return getComputedStyle(probe).color;
  };
  const plain = shown(written).match(/^rgb\((\d+), (\d+), (\d+)\)$/);
  // Newer spellings stay as they were written, until they are mixed.
  const mixed = shown("color-mix(in srgb," + written + "," + written + ")");
  const wide = mixed.match(/^color\(srgb ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)\)$/);
  probe.remove();
  const byte = (part) => Math.round(Math.min(Math.max(part, 0), 1) * 255);
  return plain?.slice(1).map(Number) || wide?.slice(1).map(byte) || null;
}

function colours(host, root, kit, signal) {
  const sheet = new CSSStyleSheet();
  const device = matchMedia("(prefers-color-scheme:dark)");
  const theme = kit.attribute(host, "theme");
  const written = getComputedStyle(host).getPropertyValue("--michi-key").trim();
  const given = written && numbers(root, written);
  if (written && !given) kit.warn("--michi-key: " + written + " は使えません。#003399 の形で書いてください。");
  function paint() {
    const isDark = theme === "dark" || (theme === "auto" && device.matches);
    let style = isDark ? DARK : "";
    if (given) {
      const { key, dark, pale, on } = brand(given, isDark ? DARK_PAPER : LIGHT_PAPER);
      style += ":host{--key:" + rgb(key) + ";--key-dark:" + rgb(dark) + ";--pale:" + rgb(pale) + ";--on-key:" + rgb(on) + "}";
      if (key !== given) {
        kit.warn("--michi-key: " + written + " は背景との差が足りないので、" + rgb(key) + " にして表示します。");
      }
    }
    sheet.replaceSync(STYLE + "@media screen{" + style + "}");
  }
  paint();
  device.addEventListener("change", paint, { signal });
  root.adoptedStyleSheets.push(sheet);
}
