#!/usr/bin/env node
import "./old-node.ts";

import { createRedactor } from "@spillway/bff/redaction";
import { toConfig } from "./config.ts";
import { helpText } from "./help.ts";
import { createLogger } from "./logger.ts";
import { parseCommand } from "./parse-flags.ts";
import { EXIT_CONFIG, UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";
import { visible } from "./visible.ts";

/** What comes from files and arguments must not steer the terminal. */
const print = (line: string): void => void process.stdout.write(`${visible(line)}\n`);

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args, process.env);
  if (command.kind === "help") process.stdout.write(helpText());
  if (command.kind === "version") process.stdout.write(`${VERSION}\n`);
  if (command.kind === "verify") {
    const { verifyAudit } = await import("./verify-audit.ts");
    return verifyAudit(command.order, print);
  }
  if (command.kind === "account") {
    const { runAccountOrder } = await import("./access/account-commands.ts");
    return runAccountOrder(command.order, print);
  }
  if (command.kind === "ask") {
    const { runCli } = await import("./cli/run-cli.ts");
    return runCli(command.ask, print);
  }
  if (command.kind !== "run") return 0;
  const config = toConfig(command.flags);
  const stop = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());
  // Help and mistakes answer at once, without loading engines and drivers.
  const { run } = await import("./run.ts");
  return run(config, createLogger(process.stderr, Date.now, createRedactor(config.redaction)), stop.signal);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const told = isUsage
    ? visible(error.message)
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${createRedactor().value(told)}\n`);
  process.exitCode = isUsage ? EXIT_CONFIG : 1;
}
