import { cleanName, nameCookie } from "../auth/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { invalid } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { Room } from "./room.ts";

export function sessionRoutes(room: Room): Pick<Handlers, "getSession" | "setName"> {
  const { config, clock, authenticator, policy } = room;
  return {
    getSession: ({ actor }) => ({
      actor: { id: actor.id, name: actor.name, verified: actor.verified, roles: [...actor.roles] },
      auth: {
        mode: authenticator.mode,
        can_log_out: authenticator.logout !== undefined && actor.session !== null,
        is_open: config.isOpen ?? false,
      },
      permissions: policy.permitted(actor),
      permissions_overall: policy.permittedOverall(actor),
      read_only: policy.readOnly,
      environment: config.environment,
      engine: engineOf(room),
      server: { version: config.version, time: iso(clock.now()), started_at: iso(room.startedAt) },
      retention: retentionOf(room),
      policy: { reason_required: policy.reasonsRequired(actor) },
      links: config.links,
      task_notes: config.taskNotes,
    }),

    setName({ body, actor }) {
      const name = cleanName(room.redactor.value(body.name));
      if (name === null) throw invalid("name", "A name needs at least one visible character.");
      return {
        queue: null,
        jobId: null,
        details: { from: actor.name, to: name },
        act: async () => ({
          affected: 1,
          reply: { name },
          headers: { "Set-Cookie": nameCookie(name, config.basePath) },
        }),
      };
    },
  };
}

function engineOf({ engine, sampler, rehearsal }: Room) {
  return {
    ...engine.info,
    capabilities: { ...engine.capabilities },
    status: sampler.engineStatus(),
    embedded: engine.info.kind === "embedded",
    scenario: rehearsal?.current() ?? null,
    scenario_fixed: rehearsal?.fixed() ?? null,
    scenarios: rehearsal?.scenarios ?? [],
  };
}

function retentionOf({ audit, sampler }: Room) {
  const { capacity, source, copies } = audit.holds();
  return { audit: { capacity, source, copies }, metrics: sampler.retention() };
}
