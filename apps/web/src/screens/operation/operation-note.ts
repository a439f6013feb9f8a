import type { Operation } from "@spillway/contract/schemas";
import type { Note } from "../../features/notes/notes.ts";
import { codeName } from "../../features/notes/notes.ts";
import { fateWords, operationStory } from "../../features/operations/operation-story.ts";
import { operationName } from "../../features/operations/operation-words.ts";
import { phaseWord, targetWords } from "../../features/operations/phase-words.ts";
import { formatRate, utcStamp } from "../../lib/format.ts";

/** What happened, for the notes of an incident: times absolute, names as code. */
export function operationNote(operation: Operation): Note {
  const { queue, selection, actor, reason, incident, failing_per_min, held, undo_until } = operation;
  return {
    title: `${operationName(operation)}: ${queue}`,
    lines: [
      `${codeName(selection.text)}, by ${codeName(actor)}${incident === null ? "" : `, ${codeName(incident)}`}${reason === null ? "" : `, “${codeName(reason)}”`}`,
      timesOf(operation),
      operationStory(operation),
      ...(operation.note === null ? [] : [codeName(operation.note)]),
      ...operation.phases.map(phaseLine),
      ...(failing_per_min === null
        ? []
        : [
            `Failing ${formatRate(failing_per_min.now)}/min now, ${formatRate(failing_per_min.before)}/min before it began`,
          ]),
      ...(held?.state !== "held" || undo_until === null
        ? []
        : [`Held, can be put back until ${utcStamp(undo_until)}`]),
    ],
  };
}

function timesOf({ created_at, started_at, finished_at }: Operation): string {
  if (started_at === null) return `Asked ${utcStamp(created_at)}`;
  return finished_at === null
    ? `Began ${utcStamp(started_at)}, not ended yet`
    : `${utcStamp(started_at)} to ${utcStamp(finished_at)}`;
}

function phaseLine(phase: Operation["phases"][number]): string {
  const head = `Phase ${phase.number} (${targetWords(phase.number, phase.target, phase.size)}): ${phaseWord(phase)}`;
  const fates = phase.state === "waiting" ? "" : `; ${phase.verdict ?? fateWords([phase])}`;
  const shapes = phase.failing_shapes.map(({ title, count }) => `${count} × ${codeName(title)}`).join(", ");
  return `${head}${fates}${shapes === "" ? "" : ` Failing again: ${shapes}`}`;
}
