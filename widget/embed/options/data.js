// `data="…/dataset.bin"`: data fresher than what the WASM carries. Who may be trusted with it is for https
// and the owner's own address to say; its header and checksum find damage.

const DATA_MOST = 1024 * 1024;
const taken = new Map();
// What the WASM says of a dataset.
const REFUSED = [
  "",
  "dataset.bin ではありません。cargo xtask build が書いたファイルを指してください。",
  "別の版のための dataset.bin です。プログラムと同じ版のものを置いてください。",
  "壊れています。バイナリのまま、もう一度置いてください。",
  "いまの内容より新しくありません。",
  "このページでは、先に別の内容を使いはじめています。",
];

async function fresherData(host, kit, seconds, loading) {
  const url = kit.attribute(host, "data");
  if (!url) return;
  try {
    // Two widgets that name the same file take it once.
    if (!taken.has(url)) {
      taken.set(url, read(url, DATA_MOST, seconds).then(async (bytes) => (await loading).refresh(bytes)));
    }
    const refused = await taken.get(url);
    if (refused) throw new Error(REFUSED[refused]);
  } catch (error) {
    kit.warn('data="' + url + '" は使わず、はじめからある内容で表示します。', error);
    kit.tell(host, "error", { code: "data" });
  }
}
