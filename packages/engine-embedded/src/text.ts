const encoder = new TextEncoder();
const scratch = new Map<number, Uint8Array<ArrayBuffer>>();

/** The longest beginning of `text` that fits into `bytes` of UTF-8 without splitting a character. */
export function headOf(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const buffer = scratch.get(bytes) ?? new Uint8Array(bytes);
  if (bytes <= 65_536) scratch.set(bytes, buffer);
  return text.slice(0, encoder.encodeInto(text, buffer).read);
}

/** Length in bytes of UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && index + 1 < text.length) {
      bytes += 2;
      index += 1;
    } else bytes += 2;
  }
  return bytes;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
