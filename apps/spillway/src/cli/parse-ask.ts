import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";
import { optionsOf, VERBS, type VerbName } from "./verbs.ts";

/** What is to be asked of a running console. */
export interface Ask {
  verb: VerbName;
  operands: readonly string[];
  /** Options that were given; switches are `true`. */
  options: Readonly<Record<string, string | true>>;
  url: string;
  token: string | null;
  json: boolean;
}

export const isVerb = (text: string | undefined): text is VerbName =>
  text !== undefined && Object.hasOwn(VERBS, text);

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what follows a verb. Throws {@link UsageError} in one line. */
export function parseAsk(verb: VerbName, args: readonly string[], env: Environment): Ask {
  const spec = optionsOf(verb);
  const { values, positionals } = parse(verb, args, spec);
  const options: Record<string, string | true> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) options[name] = value;
  const { operands } = VERBS[verb];
  const needed = operands.startsWith("QUEUE") ? 1 : 0;
  const most = operands === "" ? 0 : operands.endsWith("…]") ? 1_001 : 1;
  if (positionals.length < needed || positionals.length > most) throw new UsageError(usageOf(verb));
  return {
    verb,
    operands: positionals,
    options,
    url: urlOf(options.url ?? env.SPILLWAY_URL),
    token: tokenOf(options["token-file"], env),
    json: options.json === true,
  };
}

function parse(verb: VerbName, args: readonly string[], spec: ReturnType<typeof optionsOf>) {
  const options = Object.fromEntries(
    Object.entries(spec).map(([name, { isSwitch }]) => [
      name,
      { type: isSwitch ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    // Neither is repeatable, and a switch that is not given is not there.
    return { values: values as Record<string, string | true | undefined>, positionals };
  } catch (error) {
    const why = error instanceof Error ? (/^[^.]*/.exec(error.message)?.[0] ?? "") : "";
    throw new UsageError(`${why}. ${usageOf(verb)}`);
  }
}

/** One line, e.g. `Usage: spillway pause QUEUE [--reason TEXT] …`. */
export function usageOf(verb: VerbName): string {
  const written = Object.entries(optionsOf(verb)).map(
    ([name, { placeholder }]) => `[--${name}${placeholder === undefined ? "" : ` ${placeholder}`}]`,
  );
  return ["Usage: spillway", verb, VERBS[verb].operands, ...written].filter((part) => part !== "").join(" ");
}

function urlOf(text: string | true | undefined): string {
  if (text === undefined || text === "") return "http://127.0.0.1:4600";
  const url = URL.parse(String(text));
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "")
    throw new UsageError("--url must be an http:// or https:// URL without a login.");
  return url.origin + url.pathname;
}

function tokenOf(file: string | true | undefined, env: Environment): string | null {
  if (typeof file !== "string") return env.SPILLWAY_TOKEN || null;
  try {
    const token = readFileSync(file, "utf8").trim();
    if (token !== "") return token;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`--token-file must be a file that holds a token; ${file}: ${code}.`);
  }
  throw new UsageError(`--token-file must be a file that holds a token; ${file} is empty.`);
}

/** A whole number that an option was given. Throws {@link UsageError}. */
export function numberOf({ options }: Ask, name: string, fallback: number): number {
  const text = options[name];
  if (text === undefined) return fallback;
  if (typeof text === "string" && /^\d{1,7}$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`--${name} must be a whole number above 0.`);
}

export function textOf({ options }: Ask, name: string): string | undefined {
  const text = options[name];
  return typeof text === "string" ? text : undefined;
}
