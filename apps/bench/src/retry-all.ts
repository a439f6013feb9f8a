import { setTimeout as sleep } from "node:timers/promises";
import type { Operation, Selection } from "@spillway/contract/schemas";
import type { Console } from "./console.ts";

const POLL_MS = 50;

/** Freezes all failed jobs of a queue as its dialog does, and begins to retry them; returns the operation's id. */
export async function begin(console: Console, queue: string): Promise<string> {
  return retryFrozen(console, queue, await freeze(console, queue));
}

/** Counts and freezes them, as its dialog does; returns the token. */
export async function freeze(console: Console, queue: string): Promise<string> {
  let frozen = await console.post<Selection>(`api/queues/${queue}/jobs/preview`, {
    action: "job.retry",
    selection: { filter: { state: "failed" } },
  });
  while (!frozen.complete) frozen = await console.get(`api/selections/${frozen.selection_token}`);
  return frozen.selection_token;
}

/** Begins to retry what was frozen; returns the operation's id. */
export async function retryFrozen(console: Console, queue: string, token: string): Promise<string> {
  const { operation } = await console.post<{ operation: Operation }>(`api/queues/${queue}/jobs/bulk`, {
    action: "job.retry",
    selection: { token },
    reason: "The provider is back.",
  });
  return operation.id;
}

/** Waits until an operation has ended. */
export async function ended(console: Console, id: string): Promise<Operation> {
  for (;;) {
    const operation = await console.get<Operation>(`api/operations/${id}`);
    if (operation.finished_at !== null) return operation;
    await sleep(POLL_MS);
  }
}
