import type { Handlers } from "../http/handlers.ts";
import { iso } from "../metrics/wire-time.ts";
import type { Room } from "./room.ts";

export function healthRoutes({ engine, clock, audit }: Room): Pick<Handlers, "getLivez" | "getReadyz"> {
  return {
    getLivez: () => ({ status: "ok" }),
    /** Asks the engine itself, so that it is right even between two samples; `engine_unavailable` with the cause. */
    async getReadyz() {
      await engine.ping();
      return {
        status: "ok",
        engine: { status: "ok", cause: null, detail: null, last_ok_at: iso(clock.now()) },
        // Told, but no reason to be taken out of service: reading goes on.
        audit: audit.copies(),
      };
    },
  };
}
