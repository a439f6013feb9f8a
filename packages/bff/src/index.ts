export { sha256 } from "@spillway/contract/audit";
export type { Actor, Authenticator, AuthMode, Bindings } from "./auth/index.ts";
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
