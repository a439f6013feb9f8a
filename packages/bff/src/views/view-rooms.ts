import type { StreamEventName, StreamEvents } from "@spillway/contract/schemas";
import { type AuditStore, createAuditSeam } from "../audit/index.ts";
import type { Policy, View } from "../auth/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { createHub, type EventHub } from "../live/index.ts";
import { createMarkers } from "../metrics/index.ts";
import { createHandlers } from "../routes/index.ts";
import type { Room } from "../routes/room.ts";
import type { LiveHub, QueueRules, Sampler } from "../seams.ts";
import {
  narrowAudit,
  narrowEngine,
  narrowMarkers,
  narrowOperations,
  narrowSelections,
  type Sees,
  showsMarker,
  showsRecord,
} from "./narrow.ts";
import { replaced } from "./replaced.ts";

/** Views beside the whole one that are held at a time: each keeps a history of its own. */
const MOST_VIEWS = 32;

interface Opened extends Disposable {
  hub: EventHub;
  sampler: Sampler;
  handlers: Handlers;
  sees: Sees;
}

/** The handlers for whoever asks: the same for all who are shown the same. */
export interface ViewRooms extends LiveHub, Disposable {
  handlersFor(view: View): Handlers;
}

/**
 * A room for each view, in which there is nothing of the queues it does not show: handlers need not know who asks, and one that
 * is added later can't forget to. Those of the policy's roles are opened at once, so that their history begins with the process.
 */
export function createViewRooms(room: Room, policy: Policy): ViewRooms {
  const whole = createHandlers(room);
  /** In the order of their last use. */
  const opened = new Map<string, Opened>();

  function handlersFor(view: View): Handlers {
    if (view.key === "") return whole;
    const known = opened.get(view.key) ?? openView(room, policy, view);
    opened.delete(view.key);
    opened.set(view.key, known);
    if (opened.size > MOST_VIEWS) for (const [key, oldest] of opened.entries().take(1)) close(key, oldest);
    return known.handlers;
  }

  function close(key: string, view: Opened): void {
    opened.delete(key);
    view[Symbol.dispose]();
  }

  for (const view of policy.views) handlersFor(view);

  return {
    handlersFor,
    publish(event, data, topic) {
      for (const { hub, sees } of opened.values())
        if (isShown(event, data, sees)) hub.publish(event, data, topic);
    },
    [Symbol.dispose]() {
      for (const [key, view] of opened) close(key, view);
    },
  };
}

/** Pictures come from the view's own ticks; of the rest what concerns no queue, or one that is shown. */
function isShown<N extends StreamEventName>(event: N, data: StreamEvents[N], sees: Sees): boolean {
  const told: { [M in StreamEventName]?: (data: StreamEvents[M]) => boolean } = {
    audit: (record) => showsRecord(sees, record),
    marker: (marker) => showsMarker(sees, marker),
    operation: ({ queue }) => sees(queue),
    engine: () => true,
  };
  return told[event]?.(data) ?? false;
}

function openView(room: Room, policy: Policy, view: View): Opened {
  const { sees } = view;
  const hub = createHub({ clock: room.clock });
  const audit: AuditStore = narrowAudit(room.audit, sees);
  const deploys = createMarkers({ clock: room.clock, hub });
  const markers = narrowMarkers(room.markers, deploys, sees);
  const sampler = room.sampler.through({
    queues: rulesOf(policy, view),
    hub,
    // What is seen from outside is on record once, by who sees everything.
    audit: { ...createAuditSeam(audit), observe: () => null },
    markers: replaced(markers, { add: deploys.add }),
  });
  const operations = narrowOperations(room.operations, sees);
  const handlers = createHandlers({
    ...room,
    hub,
    audit,
    markers,
    sampler,
    operations,
    selections: narrowSelections(room.selections, sees),
    engine: narrowEngine(room.engine, sees, sampler),
  });
  return {
    hub,
    sampler,
    handlers,
    sees,
    [Symbol.dispose]() {
      hub[Symbol.dispose]();
      sampler[Symbol.dispose]();
    },
  };
}

function rulesOf(policy: Policy, view: View): QueueRules {
  const { sees, denied } = view;
  return { isWhole: false, sees, denied, isReadOnly: policy.isReadOnly };
}
