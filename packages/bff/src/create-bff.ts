import type { Hono } from "hono";
import { AuditStore, createAuditSeam, ownIntent, recordFact, resumeAudit } from "./audit/index.ts";
import { createPolicy, EVERYWHERE, openToAll } from "./auth/index.ts";
import { createActionMarkers, createDoor } from "./commands/index.ts";
import type { BffDeps } from "./deps.ts";
import type { AppEnv } from "./http/handlers.ts";
import { serve } from "./http/serve.ts";
import { createJobViews } from "./jobs/views.ts";
import { createLimiter } from "./limits/index.ts";
import { createFateBook, createHub } from "./live/index.ts";
import { createMarkers, createSampler, restoreMarkers } from "./metrics/index.ts";
import { Custodian, createSelections, Operations } from "./operations/index.ts";
import { createRedactor, discreetEngine } from "./redaction/index.ts";
import { knownWorkers } from "./routes/known-workers.ts";
import type { LiveHub } from "./seams.ts";
import { createShapesReader } from "./triage/index.ts";
import { createViewRooms, type ViewRooms } from "./views/view-rooms.ts";

export interface Bff extends AsyncDisposable {
  /** Answers every request below the mount point, and with a problem all others. */
  app: Hono<AppEnv>;
  /** Reads the audit back and takes the first sample. Resolves even if the engine is away: it heals by itself. */
  start(): Promise<void>;
}

/** Puts everything together. Nothing runs before `start`. */
export function createBff(deps: BffDeps): Bff {
  const { clock, log, sha256, config, auditSinks: sinks = [], auditRequired: required } = deps;
  const reasonRequired = [{ actions: config.reasonRequired, queues: EVERYWHERE }];
  const policy = deps.policy ?? createPolicy({ reasonRequired });
  const startedAt = clock.now();
  const redactor = deps.redactor ?? createRedactor();
  const engine = discreetEngine(deps.engine, redactor);
  const authenticator = deps.authenticator ?? openToAll();
  const hub = createHub({ clock });
  let rooms: ViewRooms | null = null;
  /** Tells those who see everything, and the rest what they may know. */
  const live: LiveHub = {
    publish(...event) {
      hub.publish(...event);
      rooms?.publish(...event);
    },
  };
  const audit = new AuditStore({ clock, log, sha256, capacity: config.auditSize, sinks, required, redactor });
  audit.onChange = (record) => live.publish("audit", record);
  audit.onGap = ({ kind, target }, entries) =>
    void recordFact(audit, ownIntent("audit.gap", "system", { details: { sink: kind, target } }), entries);
  audit.onUnrecorded = (refused) =>
    void recordFact(audit, ownIntent("audit.gap", "system", { details: { refused } }), refused);
  authenticator.onExpired?.(
    ({ id: user, session }, why) =>
      void recordFact(audit, ownIntent("session.ended", "system", { details: { user, session, why } }), 1),
  );
  const fates = createFateBook(engine);
  const views = createJobViews(clock, redactor);
  const markers = createMarkers({ clock, hub: live });
  const sampler = createSampler({
    engine,
    clock,
    log,
    config,
    audit: createAuditSeam(audit),
    hub: live,
    markers,
    views,
    queues: { isWhole: true, sees: () => true, denied: () => ({}), isReadOnly: policy.isReadOnly },
    ...(deps.rehearsal && { past: deps.rehearsal.past }),
  });
  const shapes = createShapesReader({
    engine,
    clock,
    conceal: redactor.value,
    history: (query) => sampler.history(query),
  });
  const mark = createActionMarkers(clock, markers);
  const door = createDoor({
    clock,
    log,
    audit,
    fates,
    policy,
    acted(...what) {
      mark(...what);
      sampler.acted();
    },
    changed: () => sampler.changed(),
  });
  const selections = createSelections({
    engine,
    clock,
    redactor,
    workers: () => knownWorkers({ sampler, startedAt }),
  });
  const operations = new Operations({
    engine,
    clock,
    log,
    redactor,
    hub: live,
    sampler,
    door,
    isReadOnly: policy.isReadOnly,
    fates,
    store: deps.operationsStore,
  });
  const custodian = new Custodian({
    engine,
    clock,
    log,
    audit,
    door,
    operations,
    isReadOnly: policy.isReadOnly,
  });
  const limiter = createLimiter({ clock, log, limits: config.limits });
  const peerAddress = deps.peerAddress ?? (() => null);
  const room = {
    ...deps,
    engine,
    redactor,
    authenticator,
    policy,
    limiter,
    peerAddress,
    audit,
    hub,
    sampler,
    markers,
    fates,
    views,
    shapes,
    selections,
    operations,
    startedAt,
  };
  const viewRooms = createViewRooms(room, policy);
  rooms = viewRooms;
  const app = serve({
    handlersFor: (actor) => viewRooms.handlersFor(policy.viewOf(actor)),
    door,
    authenticator,
    policy,
    limiter,
    log,
    sha256,
    redactor,
    basePath: config.basePath,
    allowedHosts: config.allowedHosts,
    hsts: config.hsts ?? false,
    peerAddress,
  });
  return {
    app,
    async start() {
      const earlier = sinks.find(({ readBack }) => readBack !== undefined);
      await resumeAudit(audit, earlier?.readBack?.() ?? nothing(), {
        sha256,
        log,
        settings: config.settings,
      });
      if (config.isOpen) await recordFact(audit, ownIntent("console.opened", "system"), null);
      restoreMarkers(audit.records(), markers);
      sampler.start();
      await sampler.ready();
      if (policy.readOnly) return;
      await operations.resume();
      await custodian.start();
    },
    async [Symbol.asyncDispose]() {
      hub[Symbol.dispose]();
      viewRooms[Symbol.dispose]();
      custodian[Symbol.dispose]();
      await operations[Symbol.asyncDispose]();
      door[Symbol.dispose]();
      fates[Symbol.dispose]();
      await sampler[Symbol.asyncDispose]();
      await audit.close();
    },
  };
}

async function* nothing(): AsyncGenerator<string> {}
