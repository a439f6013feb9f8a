import type { QueueSummary } from "@spillway/contract/schemas";
import { formatCount, formatRate, plural } from "../../lib/format.ts";
import { runWrite } from "../actions/run-write.tsx";
import { confirm } from "../confirm/confirm.ts";

type Subject = Pick<QueueSummary, "name" | "counts" | "rates" | "workers" | "slots">;

/** Asks and pauses: active jobs finish, no new ones start. */
export async function pauseQueue({ name, counts, rates }: Subject): Promise<void> {
  const answer = await confirm({
    action: "queue.pause",
    title: `Pause ${name}?`,
    effect: `${counts.active === 0 ? "No job is running" : `${plural(counts.active, "active job")} will finish`}; no new ones start.`,
    consequence:
      rates.enqueued_per_min === null || rates.enqueued_per_min < 0.05
        ? "New jobs keep coming in and wait."
        : `The backlog grows by about ${formatRate(rates.enqueued_per_min)}/min: new jobs keep coming in and wait.`,
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

function resumeWords(waiting: number, workers: number | null, slots: number | null): string {
  if (waiting === 0) return "No job waits; new ones start as they come in.";
  const jobs = plural(waiting, "waiting job");
  if (workers === 0) return `${jobs} may start, but no worker is there to run them.`;
  return `${jobs} ${waiting === 1 ? "starts" : "start"}${slots === null ? " as workers are free" : `, up to ${formatCount(slots)} at once`}.`;
}

/** Asks and resumes: what waits starts at once. */
export async function resumeQueue({ name, counts, workers, slots }: Subject): Promise<void> {
  const answer = await confirm({
    action: "queue.resume",
    title: `Resume ${name}?`,
    effect: resumeWords(counts.waiting, workers, slots),
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
