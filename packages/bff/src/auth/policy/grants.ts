import { ACTIONS, type Action } from "@spillway/contract/table";
import { anyOf, type Glob } from "./glob.ts";
import { actionsOf, type RoleRules, type Rule } from "./rules.ts";

/** What somebody with some roles may do, all of them together. */
export interface Grants {
  sees: Glob;
  /** Whether every queue is shown, and what is allowed is so on each. */
  isEven: boolean;
  allows(action: Action, queue: string): boolean;
  /** Whether what concerns no single queue is allowed: that takes a rule for all of them. */
  allowsOverall(action: Action): boolean;
  /** On some queue at least. */
  allowsSomewhere(action: Action): boolean;
}

interface Known {
  actions: ReadonlySet<Action>;
  queues: Glob;
  isForAll: boolean;
}

export function grantsOf(roles: readonly RoleRules[]): Grants {
  const seen = roles.flatMap(({ sees }) => sees);
  const sees = anyOf(seen);
  const allow = roles.flatMap((role) => role.allow).map(known);
  const deny = roles.flatMap((role) => role.deny).map(known);
  const within = (rules: readonly Known[], action: Action, queue: string) =>
    rules.some((rule) => rule.actions.has(action) && rule.queues(queue));
  const overall = (rules: readonly Known[], action: Action) =>
    rules.some((rule) => rule.actions.has(action) && rule.isForAll);
  const somewhere = (rules: readonly Known[], action: Action) =>
    rules.some((rule) => rule.actions.has(action));
  const isSame = (action: Action) => {
    const isDenied = overall(deny, action);
    return isDenied || (overall(allow, action) ? !somewhere(deny, action) : !somewhere(allow, action));
  };
  return {
    sees,
    isEven: seen.some(isAll) && ACTIONS.every(isSame),
    allows: (action, queue) => sees(queue) && within(allow, action, queue) && !within(deny, action, queue),
    allowsOverall: (action) => overall(allow, action) && !somewhere(deny, action),
    allowsSomewhere: (action) => somewhere(allow, action) && !overall(deny, action),
  };
}

function known({ actions, queues }: Rule): Known {
  return {
    actions: new Set(actions.flatMap(actionsOf)),
    queues: anyOf(queues),
    isForAll: queues.some(isAll),
  };
}

const isAll = (pattern: string): boolean => /^\*+$/.test(pattern);
