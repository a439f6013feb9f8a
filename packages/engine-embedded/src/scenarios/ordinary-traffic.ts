import type { JobOptions } from "../job.ts";
import type { Ordinary } from "./ordinary-life.ts";
import * as payloads from "./payloads.ts";
import type { Stage } from "./stage.ts";

const RETRIED = { attempts: 3, backoff: { type: "exponential", delayMs: 15_000 } } satisfies JobOptions;

/** What arrives when nothing is wrong. */
export function startOrdinaryTraffic(stage: Stage, rates: Ordinary): void {
  startBilling(stage, rates.chargesPerMin ?? 40);
  startEmails(stage, rates.mailsPerMin ?? 70);
  startReports(stage);
  stage.traffic({
    queue: "webhooks",
    task: "webhook.deliver",
    perMin: 60,
    job: (random) => ({ payload: payloads.webhook(random), options: { ...RETRIED, attempts: 4 } }),
  });
  stage.traffic({
    queue: "search-index",
    task: "index.update",
    perMin: 25,
    job: (random) => ({ payload: payloads.indexing(random) }),
  });
}

function startBilling(stage: Stage, chargesPerMin: number): void {
  const charges = { queue: "billing", task: "invoice.charge" };
  stage.traffic({
    ...charges,
    perMin: chargesPerMin,
    job: (random) => ({ payload: payloads.charge(random), options: RETRIED }),
  });
  stage.traffic({
    ...charges,
    perMin: 9,
    job: (random) => ({ payload: payloads.charge(random, "tenant-88"), options: RETRIED }),
  });
  stage.traffic({
    queue: "billing",
    task: "invoice.batch",
    perMin: 2,
    job: (random) => {
      const tenant = payloads.tenant(random);
      const children = Array.from({ length: random.integer(2, 5) }, () => ({
        ...charges,
        payload: payloads.charge(random, tenant),
        options: { ...RETRIED, delayMs: random.integer(0, 20_000) },
      }));
      return { payload: payloads.batch(random, tenant), options: { children } };
    },
  });
}

function startEmails(stage: Stage, mailsPerMin: number): void {
  const mails = { queue: "emails", task: "mail.send" };
  stage.traffic({
    ...mails,
    perMin: mailsPerMin,
    job: (random) => ({ payload: payloads.mail(random), options: RETRIED }),
  });
  stage.traffic({
    ...mails,
    perMin: 3,
    job: (random) => {
      const delayMs = random.integer(60_000, 300_000);
      return { payload: payloads.mail(random), options: { ...RETRIED, priority: 5, delayMs } };
    },
  });
  stage.traffic({
    queue: "emails",
    task: "mail.digest",
    perMin: 3,
    job: (random) => ({ payload: payloads.digest(random), options: { priority: 10 } }),
  });
}

function startReports(stage: Stage): void {
  const reports = { queue: "reports", task: "report.render" };
  stage.traffic({
    ...reports,
    perMin: 7,
    job: (random) => ({ payload: payloads.report(random), options: { attempts: 2 } }),
  });
  stage.traffic({
    queue: "reports",
    task: "report.bundle",
    perMin: 0.8,
    job: (random) => {
      const children = [1, 2].map(() => ({ ...reports, payload: payloads.report(random) }));
      return { payload: payloads.report(random), options: { children } };
    },
  });
}
