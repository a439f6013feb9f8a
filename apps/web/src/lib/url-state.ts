import "./no-eval.ts";
import * as z from "zod/mini";

/** One search parameter: what it may be, and what it is when the URL does not say. */
export interface UrlField<T> {
  schema: z.ZodMiniType<T>;
  fallback: T;
}

export type Fields = Record<string, UrlField<unknown>>;
export type UrlValue<F extends Fields> = { [K in keyof F]: F[K]["fallback"] };

/** A field whose value in the URL could not be used. */
export interface FellBack {
  field: string;
  text: string;
}

export interface UrlState<F extends Fields> {
  /** Never throws: a bad field falls back alone and is named in `fellBack`. */
  parse(search: URLSearchParams): { value: UrlValue<F>; fellBack: FellBack[] };
  /** `?state=failed&page=2`, or nothing when all is default. */
  print(value: Partial<UrlValue<F>>): string;
}

/** Free text up to `max` characters; empty when absent. */
export const textField = (max = 256): UrlField<string> => ({
  schema: z.string().check(z.maxLength(max)),
  fallback: "",
});

/** Text of a form, or `fallback` when absent. */
export const patternField = (pattern: RegExp, fallback: string, max = 256): UrlField<string> => ({
  schema: z.string().check(z.maxLength(max), z.regex(pattern)),
  fallback,
});

export const choiceField = <const C extends string, const D extends C>(
  choices: readonly C[],
  fallback: D,
): UrlField<C> => ({
  schema: z.pipe(z.string(), z.enum(choices)),
  fallback,
});

/** One of the choices, or null when absent. */
export const maybeField = <const C extends string>(choices: readonly C[]): UrlField<C | null> => ({
  schema: z.pipe(z.string(), z.enum(choices)),
  fallback: null,
});

export const countField = (fallback: number, max = Number.MAX_SAFE_INTEGER): UrlField<number> => ({
  schema: z.pipe(
    z.string().check(z.regex(/^\d{1,15}$/)),
    z.pipe(z.transform(Number), z.number().check(z.minimum(1), z.maximum(max))),
  ),
  fallback,
});

export const flagField = (): UrlField<boolean> => ({
  schema: z.pipe(
    z.enum(["true", "false"]),
    z.transform((text: "true" | "false") => text === "true"),
  ),
  fallback: false,
});

/** An ISO time, or null when absent. */
export const timeField = (): UrlField<string | null> => ({
  schema: z.pipe(
    z.string().check(z.refine((text: string) => !Number.isNaN(Date.parse(text)))),
    z.transform((text: string) => new Date(text).toISOString()),
  ),
  fallback: null,
});

/** The search parameters of one screen. Declared at module level beside the screen's query options. */
export function urlState<F extends Fields>(fields: F): UrlState<F> {
  return {
    parse(search) {
      const fellBack: FellBack[] = [];
      const value = Object.fromEntries(
        Object.entries(fields).map(([field, { schema, fallback }]) => {
          const text = search.get(field);
          if (text === null || text === "") return [field, fallback];
          const result = schema.safeParse(text);
          if (!result.success) fellBack.push({ field, text });
          return [field, result.success ? result.data : fallback];
        }),
      ) as UrlValue<F>;
      return { value, fellBack };
    },
    print(value) {
      const search = new URLSearchParams();
      for (const [field, { fallback }] of Object.entries(fields)) {
        const one = value[field];
        if (one === undefined || one === null || one === "" || one === fallback) continue;
        search.set(field, String(one));
      }
      const text = search.toString();
      return text === "" ? "" : `?${text}`;
    },
  };
}
