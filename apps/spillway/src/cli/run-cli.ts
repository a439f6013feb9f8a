import { visible } from "../visible.ts";
import { CliError } from "./cli-error.ts";
import { createClient } from "./client.ts";
import { flip, retry } from "./commands/act.ts";
import type { RunCommand } from "./commands/command.ts";
import { showAudit, showErrors, showJobs, showQueues } from "./commands/look.ts";
import { watch } from "./commands/watch.ts";
import type { Ask } from "./parse-ask.ts";
import type { VerbName } from "./verbs.ts";

const COMMANDS: Record<VerbName, RunCommand> = {
  queues: showQueues,
  jobs: showJobs,
  errors: showErrors,
  retry,
  pause: flip,
  resume: flip,
  audit: showAudit,
  watch,
};

/** Asks a running console. Resolves to the exit code; what it says no to is a line on standard error. */
export async function runCli(ask: Ask, print: (line: string) => void): Promise<number> {
  const stop = new AbortController();
  const enough = (): void => stop.abort();
  process.once("SIGINT", enough);
  const note = (line: string): void => void process.stderr.write(`${visible(line)}\n`);
  try {
    return await COMMANDS[ask.verb]({ ask, client: createClient(ask), print, note, signal: stop.signal });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    note(error.message);
    return error.exit;
  } finally {
    process.removeListener("SIGINT", enough);
  }
}
