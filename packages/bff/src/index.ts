export { sha256 } from "@spillway/contract/audit";
export {
  type Actor,
  type Authenticator,
  type AuthMode,
  type Bindings,
  createGroupRoles,
  createPolicy,
  createSessionDoor,
  type HostOptions,
  hostMode,
  openToAll,
  type Person,
  passwordMode,
  proxyMode,
  Sessions,
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
