/** What may name a hold: it becomes part of keys. */
export function isHoldId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id);
}
