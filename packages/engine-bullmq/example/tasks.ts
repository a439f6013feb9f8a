import { setTimeout as sleep } from "node:timers/promises";
import { type Job, UnrecoverableError } from "bullmq";

/** Errors as a shop's services throw them. */
export class CardDeclinedError extends Error {
  override readonly name = "CardDeclinedError";
}
export class SmtpError extends Error {
  override readonly name = "SmtpError";
}
export class HttpError extends Error {
  override readonly name = "HttpError";
}

/** Stops early with the fleet, so that closing it does not wait for the slowest job, and when its job is cancelled. */
export type Pause = (ms: number) => Promise<void>;

export function pauseUntil(signal: AbortSignal): Pause {
  return (ms) => sleep(ms, undefined, { signal });
}

type Task = (job: Job, pause: Pause) => Promise<unknown>;

/** A payload says how long its job takes and whether it fails, so that a test can tell a job's fate beforehand. */
function planned(job: Job): { ms: number; fails: boolean } {
  const { ms, fails } = job.data;
  return {
    ms: typeof ms === "number" ? ms : 50,
    fails: fails === true || job.attemptsMade < Number(fails ?? 0),
  };
}

const chargeInvoice: Task = async (job, pause) => {
  const { ms, fails } = planned(job);
  await job.log(`Charging ${job.data.invoice} of ${job.data.tenant}`);
  await job.updateProgress(10);
  await pause(ms / 2);
  await job.updateProgress(60);
  await pause(ms / 2);
  if (fails)
    throw new CardDeclinedError(
      `Card of ${job.data.tenant} was declined: insufficient_funds (request req_${job.id})`,
    );
  await job.log("The bank said yes");
  return { charged: true, amount: job.data.amount };
};

const renewSubscription: Task = async (job, pause) => {
  const { ms, fails } = planned(job);
  await pause(ms);
  if (fails) throw new TypeError("Cannot read properties of undefined (reading 'plan')");
  return { renewed: job.data.tenant };
};

const sendEmail: Task = async (job, pause) => {
  const { ms, fails } = planned(job);
  await pause(ms);
  if (fails)
    throw new SmtpError(`421 4.7.0 mx1.example.net: too many connections from this host (message ${job.id})`);
  return { accepted: [job.data.to] };
};

const deliverWebhook: Task = async (job, pause) => {
  const { ms, fails } = planned(job);
  await pause(ms);
  if (job.data.gone === true)
    throw new UnrecoverableError(`410 Gone: ${job.data.url} was removed by its owner`);
  if (fails) throw new HttpError(`503 Service Unavailable from ${job.data.url} after ${Math.round(ms)} ms`);
  return { status: 200 };
};

const buildReport: Task = async (job, pause) => {
  const { ms, fails } = planned(job);
  for (let part = 1; part <= 5; part += 1) {
    await pause(ms / 5);
    await job.updateProgress(part * 20);
    await job.log(`Part ${part} of 5 done`);
  }
  if (fails) throw new Error("canceling statement due to statement timeout");
  return { rows: Math.round(ms * 3) };
};

export const TASKS: Readonly<Record<string, Task>> = {
  "invoice.charge": chargeInvoice,
  "subscription.renew": renewSubscription,
  "email.send": sendEmail,
  "digest.send": sendEmail,
  "webhook.deliver": deliverWebhook,
  "report.build": buildReport,
  "report.query": buildReport,
};
