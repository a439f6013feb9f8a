import type { ScheduleOptions } from "../schedules.ts";

/** What runs by the clock, by queue. */
export const ORDINARY_SCHEDULES: readonly (ScheduleOptions & { queue: string })[] = [
  {
    queue: "reports",
    id: "nightly-revenue",
    task: "report.render",
    pattern: "0 2 * * *",
    timezone: "Europe/Berlin",
    payload: { report: "revenue", format: "pdf", pages: 24 },
  },
  {
    queue: "reports",
    id: "usage-snapshot",
    task: "report.render",
    pattern: "*/10 * * * *",
    payload: { report: "usage", format: "xlsx", pages: 3 },
  },
  {
    queue: "emails",
    id: "weekday-digest",
    task: "mail.digest",
    pattern: "30 7 * * 1-5",
    timezone: "America/New_York",
    payload: { period: "daily", recipients: 220 },
  },
  {
    queue: "emails",
    id: "bounce-sweep",
    task: "mail.digest",
    everyMs: 300_000,
    payload: { period: "bounces", recipients: 1 },
  },
  {
    queue: "billing",
    id: "month-end",
    task: "invoice.batch",
    pattern: "0 3 1 * *",
    timezone: "UTC",
    payload: { period: "month-end" },
  },
];
