import type { JobError } from "@spillway/engine";
import type { Job } from "../job.ts";
import type { Random } from "../random.ts";
import * as errors from "./errors.ts";
import type { Stage } from "./stage.ts";

const of = (error: JobError, random: Random, ms: number): { ms: number; error: JobError } => ({
  ms: random.duration(ms),
  error,
});

/** Text that only the payloads of the tenant with the slow charges hold. */
export const isSlowTenant = (job: Readonly<Job>): boolean => job.payload.includes('"tenant-88"');

/** What becomes of each task when nothing is wrong. */
export function behaveOrdinarily(stage: Stage): void {
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
    if (random.chance(0.01)) return of(errors.pageTimeout(random), random, 30_000);
    return { ms: random.duration(9000), progress: true, result: { bytes: random.integer(20_000, 900_000) } };
  });
  stage.behave("report.bundle", () => ({ ms: random.duration(2000), result: { bundled: true } }));
  stage.behave("index.update", () => ({ ms: random.duration(350), result: { indexed: true } }));
}
