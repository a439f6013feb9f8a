/** A configured link with its `{names}` filled in, each encoded; null where it leads to anything but http or https. */
export function fillLink(url: string, values: Readonly<Record<string, string>>): string | null {
  const filled = url.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? encodeURIComponent(values[name] ?? "") : whole,
  );
  return /^https?:\/\//i.test(filled) ? filled : null;
}
