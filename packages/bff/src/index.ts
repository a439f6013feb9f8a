export { sha256 } from "@spillway/contract/audit";
export {
  type Actor,
  type Authenticator,
  type AuthMode,
  actionsOf,
  type Bindings,
  createGroupRoles,
  createPolicy,
  createSessionDoor,
  EVERYWHERE,
  type HostOptions,
  hostMode,
  isRole,
  openToAll,
  type Person,
  type PolicyRules,
  passwordMode,
  proxyMode,
  type SessionDoor,
  Sessions,
  type SignOn,
  type SignOnFailure,
  type SignOnVerdict,
  withTokens,
} from "./auth/index.ts";
export { type Bff, createBff } from "./create-bff.ts";
export type {
  AuditSink,
  BffConfig,
  BffDeps,
  EnvironmentLink,
  Logger,
  OperationsStore,
  Rehearsal,
} from "./deps.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits/index.ts";
