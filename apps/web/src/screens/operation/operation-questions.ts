import type { Operation } from "@spillway/contract/schemas";
import type { Question } from "../../features/confirm/confirm.ts";
import { needsName } from "../../features/confirm/typed-name.tsx";
import { fateWords } from "../../features/operations/operation-story.ts";
import {
  currentPhase,
  didWord,
  operationName,
  stillRunWords,
} from "../../features/operations/operation-words.ts";
import { formatCount, plural, shownClock } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";

export function stopQuestion(operation: Operation): Question {
  const { held } = operation;
  if (held?.state === "restoring" || held?.state === "purging") return stopEmptying(operation.queue, held);
  const { succeeded, matched, done } = operation;
  return {
    action: "operation.cancel",
    title: `${operation.state === "awaiting_operator" ? "End" : "Stop"} “${operationName(operation)}” of ${operation.queue}?`,
    effect: leftOf(succeeded, matched - done, didWord(operation)),
    consequence: afterStop(operation),
    wayBack: "It can't be taken up again; what is left can be selected anew.",
    act: operation.state === "awaiting_operator" ? "End it" : "Stop it",
  };
}

/** `231 jobs are retried and stay so; the other 2,069 are left alone.` */
function leftOf(succeeded: number, left: number, did: string): string {
  const [are, stay] = succeeded === 1 ? ["is", "stays"] : ["are", "stay"];
  if (left === 0) return `All is done already: ${plural(succeeded, "job")} ${are} ${did} and ${stay} so.`;
  const others = `the other ${formatCount(left)} ${left === 1 ? "is" : "are"} left alone`;
  return `${plural(succeeded, "job")} ${are} ${did} and ${stay} so; ${others}.`;
}

/** That it is stopped stops no job that was put back. */
function afterStop(operation: Operation): string | undefined {
  const runs = stillRunWords(operation);
  const judged = operation.kind === "redrive" ? " How they end is judged no more." : "";
  if (runs === "") return judged === "" ? undefined : "How those that run end is judged no more.";
  return `${runs}; only a pause of ${operation.queue} holds ${operation.phases.length === 0 ? "it" : "them"}.${judged}`;
}

function stopEmptying(queue: string, { state, count }: NonNullable<Operation["held"]>): Question {
  const restoring = state === "restoring";
  return {
    action: "operation.cancel",
    title: restoring ? `Stop putting jobs back into ${queue}?` : `Stop deleting held jobs of ${queue}?`,
    effect: `What is ${restoring ? "back stays in the queue" : "deleted stays so"}; ${plural(count, "job")} ${count === 1 ? "stays" : "stay"} held.`,
    wayBack: "The rest can be put back or deleted later, until their time is over.",
    act: "Stop it",
  };
}

export function advanceQuestion(operation: Operation): Question {
  const phase = currentPhase(operation);
  const next = operation.phases.find(({ state }) => state === "waiting");
  return {
    action: "operation.advance",
    title: `Begin phase ${next?.number ?? ""} now?`,
    effect: `${plural(next?.size ?? 0, "more job")} of ${operation.queue} ${next?.size === 1 ? "goes" : "go"} back to waiting, whatever the verdict on phase ${phase?.number ?? ""}.`,
    consequence: phase === null ? undefined : `Of phase ${phase.number} so far: ${fateWords([phase])}.`,
    wayBack: "You can pause or stop it, but what is put back by then still runs.",
    act: `Begin phase ${next?.number ?? ""}`,
  };
}

export function undoQuestion(operation: Operation): Question {
  const count = operation.held?.count ?? 0;
  return {
    action: "operation.undo",
    title: `Put ${plural(count, "job")} back into ${operation.queue}?`,
    effect: `They return to where they were, in the same order, with the same ids and priorities.`,
    consequence:
      "Workers take them up as they are free. If the queue should not run them yet, pause it first.",
    wayBack: "They can be deleted again, as before.",
    act: `Put ${plural(count, "job")} back`,
  };
}

export function purgeQuestion(operation: Operation): Question {
  const count = operation.held?.count ?? 0;
  const until = operation.undo_until === null ? null : shownClock(operation.undo_until, serverNow());
  return {
    action: "operation.purge",
    tone: "danger",
    title: `Delete ${plural(count, "held job")} of ${operation.queue} for good?`,
    effect: "Their records are deleted now, with payloads, errors and logs.",
    consequence: until === null ? undefined : `Left alone, they can be put back until ${until}.`,
    wayBack: "This can't be undone.",
    act: `Delete ${plural(count, "job")} for good`,
    ...(needsName(count) && {
      typeName: {
        name: operation.queue,
        why: `Asked because ${plural(count, "job")} would be gone at once.`,
      },
    }),
  };
}
