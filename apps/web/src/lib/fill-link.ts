/**
 * A configured link with its `{names}` filled in, each encoded; null where it leads to anything but http or https, or
 * needs a name that is null.
 */
export function fillLink(url: string, values: Readonly<Record<string, string | null>>): string | null {
  const needed = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  if (Array.from(url.matchAll(/\{(\w+)\}/g), ([, name = ""]) => needed(name)).includes(null)) return null;
  const filled = url.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = needed(name);
    return typeof value === "string" ? encodeURIComponent(value) : whole;
  });
  return /^https?:\/\//i.test(filled) ? filled : null;
}
