import { FAMILIES, type Family, type FamilyName, type Sample } from "./families.ts";

/** Text format 0.0.4, which every Prometheus reads. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The samples as text, each family together below what it means; a family without samples is not mentioned. */
export function writeExposition(samples: readonly Sample[]): string {
  const byFamily = Map.groupBy(samples, ({ family }) => family);
  let text = "";
  for (const [name, { help, type }] of Object.entries<Family>(FAMILIES)) {
    const own = byFamily.get(name as FamilyName);
    if (own === undefined) continue;
    text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
    for (const sample of own) text += lineOf(name, sample);
  }
  return text;
}

function lineOf(name: string, { suffix, labels = {}, value }: Sample): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  const shown = written.length === 0 ? "" : `{${written.join(",")}}`;
  return `${name}${suffix ?? ""}${shown} ${value}\n`;
}

const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

/** A queue may be called anything. */
const escapeLabel = (text: string): string => escapeHelp(text.toWellFormed()).replaceAll('"', '\\"');
