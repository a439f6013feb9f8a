import { setTimeout as sleep } from "node:timers/promises";
import { type StreamEventName, streamEvents } from "@spillway/contract/schemas";
import { UsageError } from "../../usage-error.ts";
import { parseDuration, REFUSED } from "../../values.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { textOf } from "../parse-ask.ts";
import { type SseEvent, sseEvents } from "../sse.ts";
import { shown } from "../table.ts";
import type { Desk, RunCommand } from "./command.ts";

const AGAIN_AFTER_MS = 3_000;

/** Prints each sample and each action until the time is over, then the verdict; ends with 1 if it fails more than before, or still. */
export const watch: RunCommand = async (desk) => {
  const [queue] = desk.ask.operands;
  const signal = AbortSignal.any([desk.signal, ...lasting(desk)]);
  // That there is such a queue, and that one may ask, is told at once.
  await desk.client.read("getHistory", {}, { limit: 1, ...(queue !== undefined && { queue }) });
  await listen(desk, queue, signal);
  const { verdict } = await desk.client.read(
    "getHistory",
    {},
    { limit: 1, ...(queue !== undefined && { queue }) },
  );
  if (desk.ask.json) desk.print(JSON.stringify({ event: "verdict", data: verdict }));
  else desk.print(`${verdict.state.replace("_", " ")}: ${verdict.reason}`);
  return verdict.state === "regressing" || verdict.state === "still_failing" ? EXIT.notDone : EXIT.done;
};

function lasting({ ask }: Desk): AbortSignal[] {
  const text = textOf(ask, "for");
  if (text === undefined) return [];
  const ms = parseDuration(text);
  if (ms === REFUSED || ms <= 0) throw new UsageError("--for must be a duration like 90s or 10m.");
  return [AbortSignal.timeout(ms)];
}

/** Comes back after each interruption, from the event it had last. */
async function listen(desk: Desk, queue: string | undefined, signal: AbortSignal): Promise<void> {
  const topics = [queue === undefined ? "metrics" : `queue:${queue}`, "audit", "engine"];
  let last: string | null = null;
  while (!signal.aborted) {
    try {
      for await (const event of sseEvents(await desk.client.stream(topics, last, signal))) {
        last = event.id ?? last;
        show(desk, event, queue);
      }
    } catch (error) {
      if (error instanceof CliError && error.exit !== EXIT.unavailable) throw error;
      if (!signal.aborted) desk.note("The stream was interrupted.");
    }
    await sleep(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
  }
}

const isEvent = (name: string): name is StreamEventName => Object.hasOwn(streamEvents, name);

function show({ ask, print }: Desk, { event, data }: SseEvent, queue: string | undefined): void {
  if (!isEvent(event) || event === "hello") return;
  if (ask.json) print(JSON.stringify({ event, data }));
  else for (const line of lineOf(event, data, queue)) print(line);
}

function lineOf(event: StreamEventName, data: unknown, queue: string | undefined): string[] {
  if (event === "metrics") {
    const { sample } = streamEvents.metrics.parse(data);
    const rate = (value: number | null) => (value === null ? "–" : value.toFixed(1));
    return [
      `${sample.timestamp.slice(11, 19)}  waiting ${shown(sample.waiting)}  active ${shown(sample.active)}  failed ${shown(sample.failed)}  ` +
        `a minute: ${rate(sample.throughput)} completed, ${rate(sample.failed_attempts)} failing, ${rate(sample.retries)} retried`,
    ];
  }
  if (event === "audit") {
    const record = streamEvents.audit.parse(data);
    if (queue !== undefined && record.queue !== queue) return [];
    return [
      `${record.timestamp.slice(11, 19)}  ${record.actor.name}: ${record.action} ${record.queue ?? ""} ${record.status}`,
    ];
  }
  if (event !== "engine") return [];
  const { status, detail } = streamEvents.engine.parse(data);
  return [status === "ok" ? "The engine answers." : `The engine does not answer. ${detail ?? ""}`];
}
