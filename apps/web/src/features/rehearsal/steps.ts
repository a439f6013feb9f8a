import { paths } from "../../lib/paths.ts";

/** What was done since a rehearsal began; times in epoch ms. */
export interface Seen {
  /** Addresses that were looked at, with their queries, and when last. */
  addresses: ReadonlyMap<string, number>;
  /** Actions that took effect, by their names in the audit, and when first. */
  actions: ReadonlyMap<string, number>;
  /** Whether the cause is mended. */
  fixed: boolean;
}

export interface Step {
  /** As the playbook says it. */
  text: string;
  /** Where it is done. */
  to: string;
  isDone: (seen: Seen) => boolean;
}

/** A section of the playbook, as it is rehearsed. */
export interface Section {
  title: string;
  steps: readonly Step[];
}

const seen =
  (pattern: RegExp) =>
  ({ addresses }: Seen): boolean =>
    [...addresses.keys()].some((address) => pattern.test(address));
/** Looked at once more after it was done. */
const seenAfter =
  (action: string, pattern: RegExp) =>
  ({ addresses, actions }: Seen): boolean => {
    const doneAt = actions.get(action);
    return (
      doneAt !== undefined && [...addresses].some(([address, at]) => at >= doneAt && pattern.test(address))
    );
  };
const did =
  (...names: readonly string[]) =>
  ({ actions }: Seen): boolean =>
    names.some((name) => actions.has(name));
const isFixed = ({ fixed }: Seen): boolean => fixed;

const dailyCheck: Section = {
  title: "Daily health check",
  steps: [
    {
      text: "See on the overview that all workers are there",
      to: paths.overview(),
      isDone: seen(/^\/(\?|$)/),
    },
    { text: "Check what fails and is retried", to: paths.metrics(), isDone: seen(/^\/metrics/) },
    { text: "Review the backlog of the queues", to: paths.queues(), isDone: seen(/^\/queues(\?|$)/) },
    {
      text: "Scan the audit for destructive actions",
      to: `${paths.audit()}?destructive=true`,
      isDone: seen(/^\/audit(\?|$)/),
    },
  ],
};

const backlogRising = (queue: string): Section => ({
  title: "Queue backlog rising",
  steps: [
    {
      text: "Find the queue that grows",
      to: `${paths.queues()}?sort=change`,
      isDone: seen(/^\/queues(\?|$)/),
    },
    { text: "Read why it grows", to: paths.queue(queue), isDone: seen(/^\/queues\/[^/?]+(\?|$)/) },
    {
      text: "See whether its workers live",
      to: `${paths.workers()}?queue=${queue}`,
      isDone: seen(/^\/workers/),
    },
    {
      text: "See what its active jobs have in common",
      to: `${paths.jobs(queue)}?state=active&sort=oldest`,
      isDone: seen(/\/jobs\?.*state=active/),
    },
    { text: "Pause it, if what follows is worse", to: paths.queue(queue), isDone: did("queue.pause") },
    { text: "Fix the cause (in the line above)", to: paths.queue(queue), isDone: isFixed },
    { text: "Resume it", to: paths.queue(queue), isDone: did("queue.resume") },
  ],
});

const failureSpike = (queue: string): Section => ({
  title: "Failure spike",
  steps: [
    { text: "Open its failed jobs", to: paths.dlq(queue), isDone: seen(/^\/queues\/[^/]+\/dlq/) },
    { text: "Look at one of them", to: paths.dlq(queue), isDone: seen(/^\/queues\/[^/]+\/jobs\/[^/?]+/) },
    {
      text: "Review what was retried before",
      to: `${paths.audit()}?queue=${queue}&action=job.retry`,
      isDone: seen(/^\/audit\?.*action=job\.retry/),
    },
    { text: "Fix the cause (in the line above)", to: paths.dlq(queue), isDone: isFixed },
    { text: "Retry in phases: ten first", to: paths.dlq(queue), isDone: did("job.retry") },
    {
      text: "Watch that it stays good",
      to: paths.queueMetrics(queue),
      isDone: seenAfter("job.retry", /^\/(queues\/[^/]+\/)?metrics/),
    },
    {
      text: "Begin the next phase, on its operation's page",
      to: paths.operations(),
      isDone: did("operation.advance"),
    },
  ],
});

const badPayload: Section = {
  title: "Misbehaving job payload",
  steps: [
    {
      text: "Search the jobs by task and payload",
      to: `${paths.jobs("billing")}?q=legacy`,
      isDone: seen(/\/jobs\?.*(q|task|job_id)=/),
    },
    {
      text: "Cancel one that runs and does harm",
      to: `${paths.jobs("billing")}?state=active&sort=oldest`,
      isDone: did("job.cancel"),
    },
    {
      text: "Remove one that should never run again",
      to: `${paths.jobs("billing")}?state=failed`,
      isDone: did("job.remove"),
    },
    {
      text: "Verify it in the audit",
      to: `${paths.audit()}?action=job.remove`,
      isDone: seenAfter("job.remove", /^\/audit/),
    },
  ],
};

const operatorActivity: Section = {
  title: "Suspicious operator activity",
  steps: [
    { text: "Open the audit", to: paths.audit(), isDone: seen(/^\/audit/) },
    {
      text: "Look for what was deleted",
      to: `${paths.audit()}?destructive=true`,
      isDone: seen(/^\/audit\?.*destructive=true/),
    },
    {
      text: "Search for a person or an action",
      to: paths.audit(),
      isDone: seen(/^\/audit\?.*(q|actor|action)=/),
    },
    { text: "Compare it with the charts of that time", to: paths.metrics(), isDone: seen(/metrics/) },
  ],
};

const sections: Readonly<Record<string, Section>> = {
  healthy: dailyCheck,
  backlog: backlogRising("emails"),
  "slow-dependency": backlogRising("emails"),
  "stalled-worker": backlogRising("emails"),
  "failure-spike": failureSpike("emails"),
  "bad-deploy": failureSpike("billing"),
  "poison-payload": badPayload,
  "wrong-drain": operatorActivity,
};

/** What of the playbook a scenario rehearses; null for one that nobody wrote steps for. */
export const sectionOf = (scenario: string | null): Section | null =>
  scenario === null ? null : (sections[scenario] ?? null);
