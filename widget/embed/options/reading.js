// Files that a site owner names: read up to a limit of bytes and seconds.

// Reads a file up to a limit; a longer one is no file of ours, and the rest of it is not fetched.
async function read(url, most, seconds) {
  const signal = AbortSignal.timeout(seconds * 1000);
  const answer = await fetch(new URL(url, document.baseURI), {
    signal,
    // What the owner changed is there at the next visit.
    cache: "no-cache",
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  if (!answer.ok) throw new Error("HTTP " + answer.status);
  const reader = answer.body.getReader();
  const parts = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > most) {
      reader.cancel();
      throw new Error(most / 1024 + " kB より大きいファイルです。");
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
