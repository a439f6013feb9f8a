import type { Logger } from "@spillway/bff";
import { compose } from "./compose.ts";
import type { Config } from "./config.ts";
import { type Listening, listen } from "./serve.ts";

/** Whatever hangs, the process is gone by then. Ms. */
const EXIT_DEADLINE_MS = 14_000;

/** Runs until the signal aborts; resolves to the exit code. */
export async function run(config: Config, log: Logger, signal: AbortSignal): Promise<number> {
  const composition = await compose(config, log);
  let listening: Listening;
  try {
    listening = await listen(composition, config, log);
  } catch (error) {
    await composition[Symbol.asyncDispose]();
    process.stderr.write(`${cannotListen(error, config)}\n`);
    return 1;
  }
  process.stdout.write(`Spillway is at ${listening.url}\n${composition.summary}\n`);
  await aborted(signal);
  log.info("Shutting down.");
  const giveUp = setTimeout(() => {
    log.error("Something did not let go in time.");
    process.exit(0);
  }, EXIT_DEADLINE_MS);
  await listening.close();
  clearTimeout(giveUp);
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}

function cannotListen(error: unknown, { host, port }: Config): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is in use; choose another with --port, or 0 for a free one.`;
  }
  if (code === "EACCES")
    return `Port ${port} on ${host} needs more rights; choose one above 1023 with --port.`;
  return `Cannot listen on ${host} port ${port}: ${code}. Check --host and --port.`;
}
