/** Fractional parts of the square or cube roots of the first primes, as the standard takes its constants. */
function rootsOfPrimes(count: number, exponent: number): Uint32Array {
  const roots = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++)
      if (candidate % divisor === 0) isPrime = false;
    if (!isPrime) continue;
    const root = candidate ** exponent;
    roots[found++] = Math.floor((root - Math.floor(root)) * 2 ** 32);
  }
  return roots;
}

const ROUND = rootsOfPrimes(64, 1 / 3);
const START = rootsOfPrimes(8, 1 / 2);
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Hex SHA-256 at once, which a browser's own can't do. For worlds in a page; a server has a faster one. */
export function sha256(text: string): string {
  const bytes = padded(new TextEncoder().encode(text));
  const view = new DataView(bytes.buffer);
  const hash = START.slice();
  const words = new Uint32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + i * 4);
    for (let i = 16; i < 64; i++) words[i] = scheduled(words, i);
    mix(hash, words);
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, "0")).join("");
}

function padded(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((Math.floor((text.length + 8) / 64) + 1) * 64);
  bytes.set(text);
  bytes[text.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor((text.length * 8) / 2 ** 32));
  view.setUint32(bytes.length - 4, (text.length * 8) >>> 0);
  return bytes;
}

function scheduled(words: Uint32Array, i: number): number {
  const a = words[i - 15] ?? 0;
  const b = words[i - 2] ?? 0;
  const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
  const large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
  return ((words[i - 16] ?? 0) + small + (words[i - 7] ?? 0) + large) >>> 0;
}

function mix(hash: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (ROUND[i] ?? 0) + (words[i] ?? 0);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) hash[i] = (hash[i] ?? 0) + word;
}
