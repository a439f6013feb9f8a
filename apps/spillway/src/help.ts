import { COMMON, VERBS } from "./cli/verbs.ts";
import { envName, FLAGS, type Flag, flagNames } from "./flags.ts";

/** What `--help` prints: every flag with its environment variable. */
export function helpText(): string {
  const lines = flagNames.flatMap((name) => {
    const spec: Flag<unknown> = FLAGS[name];
    const fallback = spec.shown === "" ? "" : ` (default: ${spec.shown})`;
    return [
      `  --${name} ${spec.placeholder}`.trimEnd(),
      `      ${spec.description}${fallback}`,
      `      env ${envName(name)}`,
    ];
  });
  return [
    "Spillway, the operations console for job queues.",
    "",
    "Usage: spillway [flags]",
    "       spillway audit verify FILE [--head HASH]",
    "           check that an audit file, or an NDJSON export, is as it was written; exit code 1 names the first misfit",
    "",
    "Asking a console that runs:",
    "",
    ...Object.entries(VERBS).flatMap(([verb, { operands, about, options }]) => [
      `  spillway ${verb} ${operands}`.trimEnd(),
      `      ${about}`,
      ...optionLines(options),
    ]),
    "  each with",
    ...optionLines(COMMON),
    "      exit codes: 0 done, 1 refused or not all of it done, 69 the console or its engine can't be reached,",
    "      75 nobody knows whether it took effect, 77 not allowed, 78 a wrong command",
    "",
    "Running a console:",
    "",
    ...lines,
    "  --help, -h",
    "      print this and leave",
    "  --version, -v",
    "      print the version and leave",
    "",
    "Durations read 500ms, 5s, 2m, 1h. A flag wins over its environment variable.",
    "Exit codes: 0 after SIGTERM or SIGINT, 1 if it cannot listen, 78 for a wrong setting.",
    "",
  ].join("\n");
}

function optionLines(options: Readonly<Record<string, { placeholder?: string; about: string }>>): string[] {
  return Object.entries(options).map(
    ([name, { placeholder = "", about }]) =>
      `      ${`--${name} ${placeholder}`.trimEnd().padEnd(24)} ${about}`,
  );
}
