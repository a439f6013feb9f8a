import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { Room } from "./room.ts";

export function troubleRoutes({ sampler, clock, redactor }: Room): Pick<Handlers, "ackTrouble"> {
  /** Null also where there is no such finding: then there is nothing to say. */
  const queueOf = (id: string): string | null => {
    const findings = sampler.snapshot() === null ? [] : sampler.overview().trouble;
    return findings.find((finding) => finding.id === id)?.queue ?? null;
  };
  return {
    ackTrouble({ params, body, actor }) {
      const id = params.trouble_id;
      const until = body.until === undefined ? null : iso(Date.parse(body.until));
      const note = redactor.deep(body.note ?? null);
      return {
        queue: queueOf(id),
        jobId: null,
        details: { trouble_id: id, note, until },
        async act() {
          const ack = { by: actor.name, at: iso(clock.now()), note, until };
          if (!sampler.ackTrouble(id, ack))
            throw new ProblemError(
              "not_found",
              "This no longer needs attention: there is no such finding now.",
            );
          return { affected: 1, reply: {} };
        },
      };
    },
  };
}
