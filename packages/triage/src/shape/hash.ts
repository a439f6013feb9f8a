/**
 * A short stable name for a text: 64-bit FNV-1a in two 32-bit lanes, of which the first 12 hex digits are kept.
 * It names things, it protects nothing: whoever can choose texts can make two of them collide.
 */
export function shortHash(text: string): string {
  // 64-bit prime 0x100000001b3 = 2^40 + 0x1b3, so a product is a shift of the low lane plus two small products.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    const product = low * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + (low << 8) + carry) >>> 0;
    low = product >>> 0;
  }
  return hex(high) + hex(low).slice(0, 4);
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, "0");
}
