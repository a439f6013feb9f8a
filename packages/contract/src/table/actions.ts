/** What a write is called: the same word in the contract, the audit, the roles and the UI. */
export const actions = {
  "queue.pause": { role: "operator", destructive: false },
  "queue.resume": { role: "operator", destructive: false },
  "queue.drain": { role: "admin", destructive: true },
  "queue.clean": { role: "admin", destructive: true },
  "queue.export": { role: "viewer", destructive: false },
  "job.retry": { role: "operator", destructive: false },
  "job.cancel": { role: "operator", destructive: true },
  "job.remove": { role: "operator", destructive: true },
  "job.promote": { role: "operator", destructive: false },
  "job.reveal": { role: "admin", destructive: false },
  "schedule.pause": { role: "operator", destructive: false },
  "schedule.resume": { role: "operator", destructive: false },
  "schedule.run": { role: "operator", destructive: false },
  "schedule.remove": { role: "admin", destructive: true },
  "operation.pause": { role: "operator", destructive: false },
  "operation.resume": { role: "operator", destructive: false },
  "operation.cancel": { role: "operator", destructive: false },
  "operation.advance": { role: "operator", destructive: false },
  "operation.undo": { role: "operator", destructive: false },
  "operation.purge": { role: "admin", destructive: true },
  "trouble.ack": { role: "operator", destructive: false },
  "audit.export": { role: "viewer", destructive: false },
  "metrics.export": { role: "viewer", destructive: false },
  "marker.create": { role: "operator", destructive: false },
  "marker.withdraw": { role: "operator", destructive: false },
  "scenario.set": { role: "admin", destructive: false },
  "session.name": { role: "viewer", destructive: false },
  "session.login": { role: "anyone", destructive: false },
  "session.logout": { role: "anyone", destructive: false },
} as const satisfies Record<string, { role: Role | "anyone"; destructive: boolean }>;

/** What takes along no more than may be read anyway: it may be done where nothing else may. */
export const EXPORTS: readonly string[] = [
  "queue.export",
  "audit.export",
  "metrics.export",
] satisfies Action[];
/** What changes nothing and is on record for what was seen: it explains no change. */
export const LOOKS: readonly string[] = ["job.reveal", ...EXPORTS];

/** One export brings at most so many jobs. */
export const MOST_EXPORTED = 100_000;

/** In rising order: each role may do what the ones before it may. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];
export type Action = keyof typeof actions;
export const ACTIONS = Object.keys(actions) as [Action, ...Action[]];

/** Audited events that are not requests of a person: changes seen from outside, and the console's own. */
export const SYSTEM_ACTIONS = [
  "audit.resumed",
  "audit.gap",
  "console.started",
  "operation.found",
  "session.ended",
  "console.opened",
] as const;

/** What goes on record of a request that came from elsewhere and asks for nothing that has an action of its own. */
export const REFUSED_ACTION = "request.refused";
