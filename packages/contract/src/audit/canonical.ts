/** JSON with the keys of every object in order: equal values give equal texts, whatever built them. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(",")}]`;
  // A date and its like must give what is read back from its JSON.
  if ("toJSON" in value && typeof value.toJSON === "function") return canonicalJson(value.toJSON());
  let text = "";
  // Plain concatenation: a file of years is hashed entry by entry at every start.
  for (const key of Object.keys(value).sort()) {
    const one: unknown = Reflect.get(value, key);
    if (one !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(one)}`;
  }
  return `{${text}}`;
}
