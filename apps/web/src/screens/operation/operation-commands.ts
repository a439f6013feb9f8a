import type { Operation } from "@spillway/contract/schemas";
import { operationQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { runWrite } from "../../features/actions/run-write.tsx";
import { type Answer, confirm, type Question } from "../../features/confirm/confirm.ts";
import { operationName } from "../../features/operations/operation-words.ts";
import { advanceQuestion, purgeQuestion, stopQuestion, undoQuestion } from "./operation-questions.ts";

export type OperationCommand = "pause" | "resume" | "cancel" | "advance" | "undo" | "purge";

const endpoints = {
  pause: "pauseOperation",
  resume: "resumeOperation",
  cancel: "cancelOperation",
  advance: "advanceOperation",
  undo: "undoOperation",
  purge: "purgeOperation",
} as const;

/** What is tried and what is true once it is done. */
const words: Record<OperationCommand, (name: string) => { tried: string; done: string }> = {
  pause: (name) => ({ tried: `Pausing “${name}”`, done: `“${name}” is paused` }),
  resume: (name) => ({ tried: `Going on with “${name}”`, done: `“${name}” goes on` }),
  cancel: (name) => ({ tried: `Stopping “${name}”`, done: `“${name}” is stopped` }),
  advance: () => ({ tried: "Beginning the next phase", done: "The next phase begins" }),
  undo: () => ({ tried: "Putting the jobs back", done: "The jobs are being put back" }),
  purge: () => ({ tried: "Deleting the held jobs", done: "The held jobs are being deleted" }),
};

const questions: Record<OperationCommand, ((operation: Operation) => Question) | null> = {
  // What contains damage, and its opposite, act at once; nothing is lost by either.
  pause: null,
  resume: null,
  cancel: stopQuestion,
  advance: advanceQuestion,
  undo: undoQuestion,
  purge: purgeQuestion,
};

/** Asks where asking is due, then does it; the reply is shown at once. `ask`: a reason is required for it here. */
export async function commandOperation(
  command: OperationCommand,
  operation: Operation,
  ask: boolean,
): Promise<void> {
  const name = operationName(operation);
  const question = questions[command]?.(operation) ?? (ask ? plainQuestion(command, name) : null);
  const answer: Answer | null = question === null ? {} : await confirm(question);
  if (answer === null) return;
  const outcome = await runWrite({
    endpoint: endpoints[command],
    params: { operation_id: operation.id },
    body: answer,
    ...words[command](`${name} · ${operation.queue}`),
  });
  if (outcome.outcome === "success")
    queryClient.setQueryData(operationQuery(operation.id).queryKey, outcome.reply.operation);
}

const plainQuestion = (command: OperationCommand, name: string): Question => ({
  action: `operation.${command}`,
  title: command === "pause" ? `Pause “${name}”?` : `Go on with “${name}”?`,
  effect: command === "pause" ? "No more of its jobs are acted on." : "It acts on its jobs again.",
  wayBack: command === "pause" ? "“Go on” puts it back." : "You can pause it again.",
  act: command === "pause" ? "Pause it" : "Go on",
});
