import type { Client } from "../client.ts";
import type { Ask } from "../parse-ask.ts";

/** What a command has at hand. */
export interface Desk {
  ask: Ask;
  client: Client;
  /** A line on standard output. */
  print(line: string): void;
  /** A line for people alone, beside what scripts read. */
  note(line: string): void;
  /** Aborts when whoever runs it has enough. */
  signal: AbortSignal;
}

/** Resolves to the exit code. Throws `CliError` or `UsageError`. */
export type RunCommand = (desk: Desk) => Promise<number>;

/** The first operand, which parsing made sure of. */
export const queueOf = ({ operands }: Ask): string => operands[0] ?? "";

/** One line of JSON with `--json`, else what is made for people. */
export function tell({ ask, print }: Desk, reply: unknown, lines: () => readonly string[]): void {
  if (ask.json) print(JSON.stringify(reply));
  else for (const line of lines()) print(line);
}
