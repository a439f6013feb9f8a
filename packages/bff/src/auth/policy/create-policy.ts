import { ACTIONS, type Action, actions, type Endpoint, EXPORTS } from "@spillway/contract/table";
import { anyOf } from "./glob.ts";
import { type Grants, grantsOf } from "./grants.ts";
import { EVERYTHING, type Policy, type RoleHolder, type View } from "./policy.ts";
import {
  actionsOf,
  BUILT_IN,
  EVERYWHERE,
  type PolicyRules,
  type ReasonRule,
  type RoleRules,
} from "./rules.ts";

/** What concerns nothing but whoever does it, which takes some role, whichever. */
const OWN_AFFAIRS: RoleRules = {
  sees: [],
  allow: [{ actions: ["session.*"], queues: EVERYWHERE }],
  deny: [],
};

/** Combinations of roles that are remembered. */
const MOST_KEPT = 200;

/** Makes the policy of its rules. Whose roles are unknown has none of them. */
export function createPolicy(rules: PolicyRules = {}): Policy {
  const { readOnly = false, readOnlyQueues = [], reasonRequired = [] } = rules;
  const roles = new Map(Object.entries({ ...BUILT_IN, ...rules.roles }));
  const isReadOnly = anyOf(readOnlyQueues);
  const reasons = reasonRequired.map(toReason);
  const kept = new Map<string, { grants: Grants; view: View }>();

  const namesOf = (who: RoleHolder) => [...new Set(who.roles)].filter((name) => roles.has(name)).sort();

  function held(who: RoleHolder) {
    const names = namesOf(who);
    const key = JSON.stringify(names);
    const known = kept.get(key);
    if (known) return known;
    const theirs = names.flatMap((name) => roles.get(name) ?? []);
    const grants = grantsOf(names.length === 0 ? [] : [OWN_AFFAIRS, ...theirs]);
    const made = { grants, view: grants.isEven ? EVERYTHING : viewOf(key, grants) };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, made);
    return made;
  }

  function mayDo(who: RoleHolder, action: Action, queue: string | null): true | string {
    if (actions[action].role === "anyone") return true;
    const { grants } = held(who);
    if (!isAllowed(grants, action, queue)) return notAllowed(who, grants, action, queue);
    if (EXPORTS.includes(action)) return true;
    if (readOnly && !isOwn(action)) return "This console is read-only.";
    if (queue !== null && isReadOnly(queue) && touchesQueue(action)) return `“${queue}” is read-only here.`;
    return true;
  }

  const needsReason = (who: RoleHolder, action: Action, queue: string | null) =>
    reasons.some((rule) => rule.asks(who, action) && (queue === null || rule.queues(queue)));

  return {
    mayDo,
    mayRead: (who, endpoint) => isReadable(held(who).grants, namesOf(who).length > 0, endpoint),
    sees: (who, queue) => held(who).grants.sees(queue),
    permitted: (who) => {
      const { grants } = held(who);
      const isPermitted = (action: Action) =>
        actions[action].role === "anyone" || grants.allowsSomewhere(action);
      return ACTIONS.filter(isPermitted);
    },
    permittedOverall: (who) => {
      const { grants } = held(who);
      return ACTIONS.filter((action) => actions[action].role === "anyone" || isAllowed(grants, action, null));
    },
    needsReason,
    reasonsRequired: (who) => ACTIONS.filter((action) => reasons.some((rule) => rule.asks(who, action))),
    viewOf: (who) => held(who).view,
    readOnly,
    isReadOnly: (queue) => readOnly || isReadOnly(queue),
    views: [...roles.keys()].map((name) => held({ roles: [name] }).view).filter((view) => view.key !== ""),
  };
}

/** Of what concerns an operation nobody holds, it is said that there is none. */
function isAllowed(grants: Grants, action: Action, queue: string | null): boolean {
  if (queue !== null) return grants.allows(action, queue);
  return action.startsWith("operation.") ? grants.allowsSomewhere(action) : grants.allowsOverall(action);
}

function notAllowed(who: RoleHolder, grants: Grants, action: Action, queue: string | null): string {
  const roles = who.roles.join(", ") || "no role";
  const where = queue !== null && grants.allowsSomewhere(action) ? ` on “${queue}”` : "";
  return `${action} is not allowed to ${roles}${where}.`;
}

/** Who has any role may read; what prepares an action, who may do one such somewhere. */
function isReadable(grants: Grants, hasRole: boolean, { role }: Endpoint): boolean {
  if (role === "anyone") return true;
  if (role === "viewer") return hasRole;
  return ACTIONS.some((action) => action.startsWith("job.") && grants.allowsSomewhere(action));
}

const isOwn = (action: Action): boolean => action.startsWith("session.");

/** Saying who is on it, and marking a moment, changes no queue. */
const touchesQueue = (action: Action): boolean => !/^(?:trouble|marker|session)\./.test(action);

function viewOf(key: string, grants: Grants): View {
  const elsewhere = ACTIONS.filter((action) => !isOwn(action) && grants.allowsSomewhere(action));
  return {
    key,
    sees: grants.sees,
    denied: (queue) =>
      Object.fromEntries(
        elsewhere
          .filter((action) => !grants.allows(action, queue))
          .map((action) => [action, "Your role may not do this on this queue."]),
      ),
  };
}

function toReason({ actions: patterns, queues, roles }: ReasonRule) {
  const asked = new Set(patterns.flatMap(actionsOf));
  return {
    queues: anyOf(queues),
    asks: (who: RoleHolder, action: Action) =>
      asked.has(action) && (roles === undefined || who.roles.some((role) => roles.includes(role))),
  };
}
