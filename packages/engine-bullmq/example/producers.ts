import type { FlowJob, FlowProducer, JobsOptions, Queue } from "bullmq";

export const QUEUES = ["billing", "emails", "webhooks", "reports"] as const;
export type QueueName = (typeof QUEUES)[number];
export type Queues = Readonly<Record<QueueName, Queue>>;

const KEEP: JobsOptions = { removeOnComplete: { count: 500 }, removeOnFail: { count: 2_000 } };

const between = (low: number, high: number) => low + Math.random() * (high - low);
const chance = (share: number) => Math.random() < share;
const tenant = () => `tenant-${Math.ceil(between(1, 120))}`;

let invoices = 4_100;

export function chargeOf(whose: string, ms: number, fails: boolean) {
  invoices += 1;
  return {
    tenant: whose,
    invoice: `INV-${invoices}`,
    amount: Math.round(between(900, 90_000)) / 100,
    currency: "EUR",
    card: { brand: "visa", last4: String(Math.floor(between(1_000, 9_999))) },
    ms: Math.round(ms),
    fails,
  };
}

/** What a shop adds in a moment of usual traffic. */
export async function addTraffic(queues: Queues): Promise<void> {
  const { billing, emails, webhooks } = queues;
  const who = tenant();
  await billing.add("invoice.charge", chargeOf(who, between(200, 1_500), chance(0.06)), {
    ...KEEP,
    attempts: 2,
    backoff: { type: "fixed", delay: 2_000 },
  });
  await emails.add(
    "email.send",
    { to: `ops@${who}.example`, template: "receipt", ms: between(20, 200), fails: chance(0.15) ? 1 : 0 },
    {
      ...KEEP,
      attempts: 3,
      backoff: { type: "exponential", delay: 500 },
      ...(chance(0.2) && { priority: 5 }),
    },
  );
  await webhooks.add(
    "webhook.deliver",
    {
      tenant: who,
      url: `https://${who}.example/hooks/paid`,
      ms: between(30, 400),
      fails: chance(0.1) ? 3 : 0,
      gone: chance(0.02),
    },
    { ...KEEP, attempts: 4, backoff: { type: "exponential", delay: 400 } },
  );
  if (chance(0.3)) {
    await emails.add(
      "digest.send",
      { to: `team@${who}.example`, ms: 40 },
      { ...KEEP, delay: Math.round(between(5_000, 60_000)) },
    );
  }
  if (chance(0.1)) {
    await billing.add(
      "subscription.renew",
      { tenant: who, ms: 80, fails: chance(0.3) },
      { ...KEEP, priority: 3 },
    );
  }
}

/** A charge that takes long, so that one of this tenant is running at most times. */
export async function addLongCharge(queues: Queues, whose = "tenant-88", ms = 20_000): Promise<void> {
  await queues.billing.add("invoice.charge", chargeOf(whose, ms, false), { ...KEEP, lifo: true });
}

/** A report that waits for its parts, one of them slow. */
export async function addReport(flows: FlowProducer): Promise<void> {
  const part = (ms: number): FlowJob => ({
    name: "report.query",
    queueName: "reports",
    data: { tenant: tenant(), ms, fails: false },
    opts: KEEP,
  });
  await flows.add({
    name: "report.build",
    queueName: "reports",
    data: { report: "revenue", month: "2026-10", ms: between(500, 2_000), fails: chance(0.25) },
    opts: KEEP,
    children: [part(between(500, 2_000)), part(between(3_000, 8_000))],
  });
}

/** Jobs that fail at once, so that there is something to triage from the first second. */
export async function addFailures(queues: Queues): Promise<void> {
  const charges = Array.from({ length: 12 }, () => ({
    name: "invoice.charge",
    data: chargeOf(tenant(), 20, true),
    opts: { ...KEEP, attempts: 1 },
  }));
  await queues.billing.addBulk(charges);
  const mails = Array.from({ length: 8 }, () => ({
    name: "email.send",
    data: { to: `ops@${tenant()}.example`, template: "invoice", ms: 20, fails: true },
    opts: { ...KEEP, attempts: 2 },
  }));
  await queues.emails.addBulk(mails);
}

export async function addSchedules(queues: Queues): Promise<void> {
  await queues.reports.upsertJobScheduler(
    "usage-hourly",
    { pattern: "0 * * * *", tz: "Europe/Berlin" },
    { name: "report.build", data: { report: "usage", ms: 1_500, fails: false }, opts: KEEP },
  );
  await queues.emails.upsertJobScheduler(
    "digest-minutely",
    { every: 60_000 },
    { name: "digest.send", data: { to: "everyone@shop.example", ms: 100 }, opts: KEEP },
  );
  await queues.billing.upsertJobScheduler(
    "renewals-nightly",
    { pattern: "15 2 * * *", tz: "UTC" },
    { name: "subscription.renew", data: { tenant: "all", ms: 3_000, fails: false }, opts: KEEP },
  );
}
