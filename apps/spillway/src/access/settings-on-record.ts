import { withoutLogin } from "@spillway/engine-bullmq";
import type { Config } from "../config.ts";

/** How the console was started, for the audit: whatever bears on who could do what. No secrets, and no paths that hold them. */
export function settingsOnRecord(config: Config): Record<string, unknown> {
  const { access, engine } = config;
  return {
    auth: access.people.by,
    oidc_issuer: access.people.by === "oidc" ? access.people.issuer : null,
    tokens: access.tokens !== null,
    open_to_network: access.isOpen,
    session_idle_s: access.sessions.idleMs / 1_000,
    session_max_s: access.sessions.longestMs / 1_000,
    trusted_proxies: access.trustedProxies,
    group_roles: access.groupRoles.map(({ group, role }) => `${group}=${role}`),
    default_role: access.defaultRole,
    read_only: config.policy.readOnly ?? false,
    read_only_queues: config.policy.readOnlyQueues ?? [],
    roles: Object.keys(config.policy.roles ?? {}),
    host: config.host,
    port: config.port,
    base_path: config.basePath,
    allowed_hosts: config.allowedHosts,
    engine: engine.kind,
    redis: engine.kind === "bullmq" ? withoutLogin(engine.redis) : null,
    audit_file: config.auditFile !== null,
    audit_webhook: config.auditWebhook === null ? null : new URL(config.auditWebhook.url).host,
    otlp_endpoint: config.otlp === null ? null : new URL(config.otlp.endpoint).host,
    audit_required: config.auditRequired,
    reason_required: config.file.reason_required,
  };
}
