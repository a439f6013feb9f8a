import type { JobError } from "@spillway/engine";
import type { Job } from "../job.ts";
import type { Random } from "../random.ts";
import * as errors from "./errors.ts";
import * as payloads from "./payloads.ts";
import { naming, type Stage } from "./stage.ts";

/** The version that runs everywhere before anything happens. */
export const STEADY_VERSION = "2.13.4";

/** What can differ from the ordinary before a fault begins. Jobs per minute; slots per worker. */
export interface Ordinary {
  chargesPerMin?: number;
  mailsPerMin?: number | (() => number);
  billingSlots?: number;
  mailSlots?: number;
}

const of = (error: JobError, random: Random, ms: number): { ms: number; error: JobError } => ({
  ms: random.duration(ms),
  error,
});

/** Text that only the payloads of the tenant with the slow charges hold. */
export const isSlowTenant = (job: Readonly<Job>): boolean => job.payload.includes('"tenant-88"');

function behaveOrdinarily(stage: Stage): void {
  const { random } = stage;
  stage.behave("invoice.charge", (job) => {
    const ms = isSlowTenant(job) ? random.integer(15_000, 60_000) : random.duration(1800);
    const logs = [
      { part: 0, text: "loading invoice" },
      { part: 0.4, text: `charging attempt ${job.attemptsMade + 1}` },
    ];
    if (random.chance(0.006)) return { ms, logs, error: errors.cardDeclined(random), unrecoverable: true };
    if (random.chance(0.006)) return { ms, logs, error: errors.stripeTimeout(random) };
    return { ms, logs, progress: ms > 5000, result: { charge: `ch_${random.integer(100_000, 999_999)}` } };
  });
  stage.behave("invoice.batch", () => ({ ms: random.duration(2500), result: { closed: true } }));
  stage.behave("mail.send", () => {
    if (random.chance(0.003))
      return { ...of(errors.mailboxUnknown(random), random, 700), unrecoverable: true };
    if (random.chance(0.01)) return of(errors.smtpBusy(random), random, 900);
    return { ms: random.duration(900), result: { accepted: true } };
  });
  stage.behave("mail.campaign", stage.behaviour("mail.send"));
  stage.behave("mail.digest", () => ({ ms: random.duration(6000), progress: true, result: { sent: true } }));
  stage.behave("webhook.deliver", () => {
    if (random.chance(0.002))
      return { ...of(errors.partnerStatus(random, 410, "Gone"), random, 300), unrecoverable: true };
    if (random.chance(0.03))
      return of(errors.partnerStatus(random, 503, "Service Unavailable"), random, 1500);
    return { ms: random.duration(600), result: { status: 200 } };
  });
  stage.behave("report.render", () => {
    if (random.chance(0.01)) return of(errors.chromiumCrashed(random), random, 30_000);
    return { ms: random.duration(9000), progress: true, result: { bytes: random.integer(20_000, 900_000) } };
  });
  stage.behave("report.bundle", () => ({ ms: random.duration(2000), result: { bundled: true } }));
  stage.behave("index.update", () => ({ ms: random.duration(350), result: { indexed: true } }));
}

function defineQueues(stage: Stage, slots: Ordinary): void {
  stage.queue("billing", 481_001);
  stage.queue("emails", 902_001);
  stage.queue("webhooks", 1_377_001);
  stage.queue("reports", 60_401, { lockMs: 120_000 });
  stage.queue("search-index", 233_001);
  const fleet: [queue: string, hosts: number[], slots: number][] = [
    ["billing", [1, 2, 3, 4], slots.billingSlots ?? 4],
    ["emails", [5, 6, 7], slots.mailSlots ?? 2],
    ["webhooks", [8, 9], 2],
    ["reports", [10, 11], 1],
    ["search-index", [12], 2],
  ];
  for (const [queue, hosts, concurrency] of fleet) {
    for (const number of hosts) {
      const host = `host-${number}`;
      const pid = 1200 + number * 37;
      stage.worker({
        host,
        pid,
        queues: [queue],
        concurrency,
        version: STEADY_VERSION,
        ...naming(host, queue, pid),
      });
    }
  }
}

function startTraffic(stage: Stage, rates: Ordinary): void {
  const retried = { attempts: 3, backoff: { type: "exponential", delayMs: 15_000 } } as const;
  const { charge, batch, mail, digest, webhook, report, indexing } = payloads;
  const charges = { queue: "billing", task: "invoice.charge", options: () => retried };
  stage.traffic({ ...charges, perMin: rates.chargesPerMin ?? 40, payload: (random) => charge(random) });
  stage.traffic({ ...charges, perMin: 9, payload: (random) => charge(random, "tenant-88") });
  stage.traffic({
    queue: "billing",
    task: "invoice.batch",
    perMin: 2,
    payload: (random) => batch(random),
    options: (random) => {
      const tenant = payloads.tenant(random);
      const children = Array.from({ length: random.integer(2, 5) }, () => ({
        queue: "billing",
        task: "invoice.charge",
        payload: charge(random, tenant),
        options: { ...retried, delayMs: random.integer(0, 20_000) },
      }));
      return { children };
    },
  });
  stage.traffic({
    queue: "emails",
    task: "mail.send",
    perMin: rates.mailsPerMin ?? 70,
    payload: mail,
    options: () => retried,
  });
  stage.traffic({
    queue: "emails",
    task: "mail.send",
    perMin: 3,
    payload: mail,
    options: (random) => ({ ...retried, priority: 5, delayMs: random.integer(60_000, 300_000) }),
  });
  stage.traffic({
    queue: "emails",
    task: "mail.digest",
    perMin: 3,
    payload: digest,
    options: () => ({ priority: 10 }),
  });
  stage.traffic({
    queue: "webhooks",
    task: "webhook.deliver",
    perMin: 60,
    payload: webhook,
    options: () => ({ ...retried, attempts: 4 }),
  });
  stage.traffic({
    queue: "reports",
    task: "report.render",
    perMin: 7,
    payload: report,
    options: () => ({ attempts: 2 }),
  });
  stage.traffic({
    queue: "reports",
    task: "report.bundle",
    perMin: 0.8,
    payload: report,
    options: (random) => ({
      children: [1, 2].map(() => ({ queue: "reports", task: "report.render", payload: report(random) })),
    }),
  });
  stage.traffic({ queue: "search-index", task: "index.update", perMin: 25, payload: indexing });
}

function planSchedules(stage: Stage): void {
  stage.schedule("reports", {
    id: "nightly-revenue",
    task: "report.render",
    pattern: "0 2 * * *",
    timezone: "Europe/Berlin",
    payload: { report: "revenue", format: "pdf", pages: 24 },
  });
  stage.schedule("reports", {
    id: "usage-snapshot",
    task: "report.render",
    pattern: "*/10 * * * *",
    payload: { report: "usage", format: "xlsx", pages: 3 },
  });
  stage.schedule("emails", {
    id: "weekday-digest",
    task: "mail.digest",
    pattern: "30 7 * * 1-5",
    timezone: "America/New_York",
    payload: { period: "daily", recipients: 220 },
  });
  stage.schedule("emails", {
    id: "bounce-sweep",
    task: "mail.digest",
    everyMs: 300_000,
    payload: { period: "bounces", recipients: 1 },
  });
  stage.schedule("billing", {
    id: "month-end",
    task: "invoice.batch",
    pattern: "0 3 1 * *",
    timezone: "UTC",
    payload: { period: "month-end" },
  });
}

/** Queues, workers, traffic and schedules as they are when nothing is wrong. */
export function liveOrdinarily(stage: Stage, different: Ordinary = {}): void {
  behaveOrdinarily(stage);
  defineQueues(stage, different);
  startTraffic(stage, different);
  planSchedules(stage);
}
