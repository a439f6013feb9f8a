import { type Endpoint, type EndpointName, endpoints, type ReadName } from "@spillway/contract/table";
import { type Attempt, type Licence, refused } from "../commands/index.ts";
import type { Redactor } from "../redaction/index.ts";
import { checkLook } from "./guard.ts";
import type { AppContext, Ask, OnRecord } from "./handlers.ts";
import { ProblemError, toProblemError } from "./problem.ts";
import { createRefusals, sourceOf } from "./refusals.ts";
import type { ServeOptions } from "./serve.ts";

/**
 * Most reads are on no record. Where one is, nothing is read before it is, and it is settled here unless it was answered. What
 * another site's page asks for, or somebody who has too many under way, never comes so far: it would fill the record in their name.
 */
export async function onRecord<N extends ReadName>(
  options: ServeOptions,
  name: N,
  ask: Ask<N>,
  answer: (on: Partial<OnRecord>) => Promise<Response>,
): Promise<Response> {
  const { permit }: Endpoint = endpoints[name];
  if (permit === undefined) return answer({});
  const { c, actor } = ask;
  await refuseForeign(options, c);
  // Nobody would ever read what it answers, so that would never end.
  if (c.req.raw.method === "HEAD") return new Response(null);
  const release = options.limiter.openExport(actor, options.peerAddress(c.env));
  let licence: Licence | null = null;
  try {
    licence = await options.door.admit(...lookOf(options, name, permit, ask));
    return await answer({ licence, release });
  } catch (error) {
    release();
    await licence?.settle(refused(toProblemError(error) ?? UNFORESEEN));
    throw error;
  }
}

async function refuseForeign(options: ServeOptions, c: AppContext): Promise<void> {
  try {
    checkLook(c.req.raw);
  } catch (error) {
    throw await createRefusals(options)(c, error);
  }
}

function lookOf<N extends ReadName>(
  options: ServeOptions,
  name: N,
  action: Attempt["action"],
  ask: Ask<N>,
): Parameters<ServeOptions["door"]["admit"]> {
  const { actor, c, query } = ask;
  const endpoint: Endpoint = endpoints[name];
  const { reason, [endpoint.incidentIn ?? "incident"]: incident, ...details } = { ...NOTHING_SAID, ...query };
  const said = attemptOf(options, c, { reason, incident });
  return [
    { ...said, action, actor, key: null, fingerprint: "" },
    { queue: queueOf(name, ask), jobId: null, requested: null, details },
  ];
}

/** The queue that a request is of; null: it concerns none or all of them. */
export function queueOf(
  name: EndpointName,
  { params, query }: Pick<Ask<EndpointName>, "params" | "query">,
): string | null {
  const { queueIn }: Endpoint = endpoints[name];
  const { queue = "" } = queueIn === "query" ? { ...NOTHING_SAID, ...query } : params;
  return queue === "" ? null : queue;
}

/** What a request may carry to say why. */
interface Said {
  reason?: string | undefined;
  incident?: string | undefined;
}

const NOTHING_SAID: Said & { for_incident?: string | undefined; queue?: string | undefined } = {};

export const UNFORESEEN = new ProblemError(
  "internal",
  "Something went wrong here; the log has it under this request id.",
);

/** Where an attempt comes from, and what is said of it. */
export function attemptOf(
  { redactor, peerAddress }: Pick<ServeOptions, "redactor" | "peerAddress">,
  c: AppContext,
  { reason, incident }: Said,
): Pick<Attempt, "source" | "reason" | "incident" | "ip" | "requestId"> {
  return {
    source: sourceOf(c),
    reason: textOf(reason, redactor),
    incident: textOf(incident, redactor),
    ip: peerAddress(c.env),
    requestId: c.var.requestId,
  };
}

/** Blanks are no reason, and a secret is none that could be kept. */
function textOf(text: string | undefined, { value }: Redactor): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : value(trimmed);
}
