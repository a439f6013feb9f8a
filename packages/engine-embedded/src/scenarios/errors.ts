import type { JobError } from "@spillway/engine";
import type { Random } from "../random.ts";

const RUNNER = [
  "process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
  "async runTask (/srv/app/node_modules/@acme/jobs/dist/run-task.js:88:20)",
  "async Worker.process (/srv/app/node_modules/@acme/jobs/dist/worker.js:241:13)",
];

/** The lines of a stack below its message: own frames first, then the library's and the runtime's. */
const trace = (...frames: readonly string[]): string =>
  [...frames, ...RUNNER].map((frame) => `\n    at ${frame}`).join("");

/** An error as a Node worker would have thrown it. */
const thrown = (name: string, message: string, frames: string): JobError => ({
  name,
  message,
  stack: `${name}: ${message}${frames}`,
});

const CHARGE_FRAME = "async chargeInvoice (/srv/app/src/tasks/invoice-charge.ts:41:18)";
const IN_STRIPE = trace(
  "StripeClient.request (/srv/app/src/stripe.ts:118:19)",
  "async StripeClient.createCharge (/srv/app/src/stripe.ts:64:12)",
  CHARGE_FRAME,
);
const IN_VALIDATION = trace(
  "parseAmount (/srv/app/src/money.ts:27:11)",
  "validateInvoice (/srv/app/src/tasks/invoice-charge.ts:19:9)",
  CHARGE_FRAME,
);
const IN_DELIVERY = trace(
  "deliver (/srv/app/src/webhooks/deliver.ts:52:11)",
  "async webhookDeliver (/srv/app/src/tasks/webhook-deliver.ts:23:3)",
);
const IN_SMTP = trace(
  "SmtpConnection.command (/srv/app/src/mail/smtp.ts:97:13)",
  "async sendMail (/srv/app/src/mail/send.ts:31:5)",
  "async mailSend (/srv/app/src/tasks/mail-send.ts:18:10)",
);
const IN_RENDERER = trace(
  "PdfRenderer.renderPage (/srv/app/src/reports/pdf-renderer.ts:143:15)",
  "async reportRender (/srv/app/src/tasks/report-render.ts:37:7)",
);
const IN_PARSER = trace(
  "parseLines (/srv/app/src/invoice-lines.ts:58:17)",
  "async invoiceBatch (/srv/app/src/tasks/invoice-batch.ts:29:21)",
);

export function stripeTimeout(random: Random): JobError {
  const address = `10.2.${random.integer(0, 7)}.${random.integer(2, 250)}:443`;
  const request = `req_${random.integer(100_000, 999_999)}`;
  const message = `connect to ${address} timed out after ${random.integer(3000, 3049)} ms (${request})`;
  return thrown("TimeoutError", message, IN_STRIPE);
}

export const amountInvalid = (random: Random): JobError =>
  thrown("ValidationError", `amount must be positive, got -${random.integer(1, 99_999)}`, IN_VALIDATION);

export const cardDeclined = (random: Random): JobError =>
  thrown(
    "CardDeclinedError",
    `card ending ${random.integer(1000, 9999)} was declined: insufficient_funds`,
    IN_STRIPE,
  );

export const partnerStatus = (random: Random, status: number, text: string): JobError =>
  thrown(
    "HttpError",
    `POST https://hooks.partner-${random.integer(1, 40)}.example/v2 answered ${status} ${text}`,
    IN_DELIVERY,
  );

export const smtpBusy = (random: Random): JobError =>
  thrown("SmtpError", `451 4.3.2 try again later (queue id ${random.integer(10_000, 99_999)})`, IN_SMTP);

export function smtpAuth(random: Random): JobError {
  const session = `relay-${random.integer(1, 4)} (session ${random.integer(100_000, 999_999)})`;
  return thrown("SmtpAuthError", `535 5.7.8 authentication failed for ${session}`, IN_SMTP);
}

export const mailboxUnknown = (random: Random): JobError =>
  thrown("SmtpError", `550 5.1.1 no such mailbox: user${random.integer(1, 9999)}@mail.example`, IN_SMTP);

export const pageTimeout = (random: Random): JobError =>
  thrown("RenderError", `page ${random.integer(1, 60)} did not render within 30000 ms`, IN_RENDERER);

export const payloadBroken = (position: number): JobError =>
  thrown("SyntaxError", `Unexpected token '<' at position ${position} of the invoice file`, IN_PARSER);
