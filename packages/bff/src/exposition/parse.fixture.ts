/** One line of an exposition, read by its grammar. */
export interface Line {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Exposition {
  lines: Line[];
  /** By family. */
  types: Map<string, string>;
  helps: Map<string, string>;
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`, "s");

/** Reads text format 0.0.4 strictly; throws at the first line that is none. */
export function parseExposition(text: string): Exposition {
  const told: Exposition = { lines: [], types: new Map(), helps: new Map() };
  if (!text.endsWith("\n")) throw new Error("The last line must end, too.");
  for (const line of text.slice(0, -1).split("\n")) {
    const [, kind, family = "", rest = ""] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line) ?? [];
    const target = kind === "HELP" ? told.helps : told.types;
    if (kind === undefined) told.lines.push(parseSample(line));
    else if (target.has(family)) throw new Error(`${family} is told of twice.`);
    else target.set(family, rest);
  }
  return told;
}

function parseSample(line: string): Line {
  const [, name, labelText = "", valueText = ""] = SAMPLE.exec(line) ?? [];
  const value = Number(valueText);
  if (name === undefined || valueText === "" || Number.isNaN(value)) throw new Error(`No sample: ${line}`);
  const labels: Record<string, string> = {};
  for (let rest = labelText; rest !== ""; ) {
    const found = LABEL.exec(rest);
    if (found === null) throw new Error(`No labels: ${line}`);
    const [whole, label = "", text = ""] = found;
    labels[label] = text.replaceAll(/\\(["\\n])/g, (_, one: string) => (one === "n" ? "\n" : one));
    rest = rest.slice(whole.length);
  }
  return { name, labels, value };
}
