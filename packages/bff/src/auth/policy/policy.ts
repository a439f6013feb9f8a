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
}
