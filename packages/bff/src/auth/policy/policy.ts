import type { Action, Endpoint } from "@spillway/contract/table";
import type { Actor } from "../actor.ts";

/** All that is asked of somebody: their roles, by name. */
export type RoleHolder = Pick<Actor, "roles">;

/** What people may do and see. Every check of a role goes through it; what it doesn't allow is not allowed. */
export interface Policy {
  /** True, or in words for a person why not. `queue`: the one it is about; null where it concerns none in particular. */
  mayDo(who: RoleHolder, action: Action, queue: string | null): true | string;
  /** Whether they may call it at all; which queues they are then told of is up to {@link sees}. */
  mayRead(who: RoleHolder, endpoint: Endpoint): boolean;
  /** Whether a queue exists for them. */
  sees(who: RoleHolder, queue: string): boolean;
  /** What they may do on some queue at least. */
  permitted(who: RoleHolder): Action[];
  /** What they may do for all queues at once. */
  permittedOverall(who: RoleHolder): Action[];
  /** Whether they must say why. */
  needsReason(who: RoleHolder, action: Action, queue: string | null): boolean;
  /** Actions for which they must say why on some queue at least. */
  reasonsRequired(who: RoleHolder): Action[];
  /** How the queues look to them. */
  viewOf(who: RoleHolder): View;
  /** Whether this process only shows. */
  readonly readOnly: boolean;
  isReadOnly(queue: string): boolean;
  /** The views of each role that does not see all there is, alone. */
  readonly views: readonly View[];
}

/** What people with the same roles see. Whoever has the same key is shown the same. */
export interface View {
  /** Empty for those who see everything and may do the same on each queue. */
  readonly key: string;
  sees(queue: string): boolean;
  /** What they may do elsewhere but not on this queue, each with a sentence that says so. */
  denied(queue: string): Record<string, string>;
}

export const EVERYTHING: View = { key: "", sees: () => true, denied: () => ({}) };
