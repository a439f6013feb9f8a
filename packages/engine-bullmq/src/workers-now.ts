import type { EngineSnapshot } from "@spillway/engine";
import { agentWorkers, joinUnspoken, spokenFor, withoutAgents } from "./agent-workers.ts";
import { readAgents } from "./agents.ts";
import { workerConnections } from "./client-list.ts";
import type { EngineParts } from "./engine-parts.ts";
import { textOf } from "./fault.ts";
import type { QueuePicture } from "./queue-picture.ts";
import { workersOf } from "./workers.ts";

type WorkersNow = Pick<EngineSnapshot, "workers" | "workersUnknown">;

/** Workers by what their agents say; the others by their connections and locks. */
export function workersNow(
  parts: EngineParts,
  clientList: unknown,
  pictures: readonly QueuePicture[],
  at: number,
): WorkersNow {
  const active = new Map(pictures.map((picture) => [picture.snapshot.name, picture.active]));
  const agents = pictures.flatMap((picture) =>
    readAgents(picture.snapshot.name, picture.agents, parts.redisTime, at),
  );
  const clients = readClients(clientList);
  const withAgents = new Set(agents.map(({ queue }) => queue));
  const silent = [...active.keys()].filter((queue) => !withAgents.has(queue));
  const found = workerConnections(clients.reply ?? "", parts.prefix, [...active.keys()]);
  const spoken = spokenFor(found, agents, at);
  const unspoken = found.filter((connection) => !spoken.has(connection));
  const others = workersOf(unspoken, withoutAgents(active, agents), at);
  const workers = joinUnspoken(agentWorkers(agents, active, at), others, spoken);
  parts.agentsSeen.observe(agents, others, at);
  parts.workerIds.learn(workers, agents);
  // Workers without an agent are invisible then: where no agent was ever seen, "none" would be a guess.
  if (clients.reply === null && (agents.length === 0 || silent.length > 0)) {
    return { workers: null, workersUnknown: `${clients.unknown}${alternative(agents.length > 0, silent)}` };
  }
  return { workers, workersUnknown: null };
}

/** Managed Redis may refuse CLIENT, or answer with a sentence instead of connections. */
function readClients(reply: unknown): { reply: string | null; unknown: string | null } {
  if (typeof reply === "string" && (reply === "" || /(^|\n)id=\d+ /.test(reply))) {
    return { reply, unknown: null };
  }
  const denied = reply instanceof Error && /NOPERM/.test(textOf(reply));
  return {
    reply: null,
    unknown: denied
      ? "This Redis user may not run CLIENT LIST, which is how BullMQ workers are found. Allow +client|list."
      : "This Redis does not offer CLIENT LIST, which is how BullMQ workers are found.",
  };
}

function alternative(someSeen: boolean, silent: readonly string[]): string {
  if (!someSeen) return " Or attach Spillway's agent to the workers.";
  const named = silent.slice(0, 3).join(", ");
  const more = silent.length > 3 ? ` and ${silent.length - 3} more` : "";
  return ` Or attach Spillway's agent to the workers of all queues; none was seen on ${named}${more}.`;
}
