/** The same thing with some of its parts replaced. Its methods are called on the thing itself: what they need inside stays. */
export function replaced<T extends object>(thing: T, parts: Partial<T>): T {
  const own = new Map<PropertyKey, unknown>(Object.entries(parts));
  return new Proxy(thing, {
    get(target, key) {
      if (own.has(key)) return own.get(key);
      const part: unknown = Reflect.get(target, key);
      return typeof part === "function" ? part.bind(target) : part;
    },
  });
}
