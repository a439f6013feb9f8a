import type { QueueSummary } from "@spillway/contract/schemas";
import { formatCount, formatRate, plural } from "../../lib/format.ts";
import { runWrite } from "../actions/run-write.tsx";
import { confirm } from "../confirm/confirm.ts";

type Subject = Pick<QueueSummary, "name" | "counts" | "rates" | "workers">;

/** Asks and pauses: active jobs finish, no new ones start. */
export async function pauseQueue({ name, counts, rates }: Subject): Promise<void> {
  const answer = await confirm({
    action: "queue.pause",
    title: `Pause ${name}?`,
    effect: `${counts.active === 0 ? "No job is running." : `${plural(counts.active, "active job")} will finish.`} No new ones start.`,
    consequence:
      rates.enqueued_per_min === null || rates.enqueued_per_min === 0
        ? "New jobs keep coming in and wait."
        : `New jobs keep coming in and wait: about ${formatRate(rates.enqueued_per_min)} a minute.`,
    wayBack: "Resume puts it back.",
    act: `Pause ${name}`,
  });
  if (answer === null) return;
  await runWrite({
    endpoint: "pauseQueue",
    params: { queue: name },
    body: answer,
    tried: `Pausing ${name}`,
    done: `${name} is paused`,
  });
}

/** Asks and resumes: what waits starts at once. */
export async function resumeQueue({ name, counts, workers }: Subject): Promise<void> {
  const nobody = workers === 0 ? " No worker is there to run them." : "";
  const answer = await confirm({
    action: "queue.resume",
    title: `Resume ${name}?`,
    effect: `${formatCount(counts.waiting)} waiting ${counts.waiting === 1 ? "job starts" : "jobs start"} as workers are free.${nobody}`,
    wayBack: "You can pause it again; jobs that have started will finish.",
    act: `Resume ${name}`,
  });
  if (answer === null) return;
  await runWrite({
    endpoint: "resumeQueue",
    params: { queue: name },
    body: answer,
    tried: `Resuming ${name}`,
    done: `${name} runs again`,
  });
}
