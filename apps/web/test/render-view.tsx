import type { Session } from "@spillway/contract/schemas";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { sessionQuery } from "../src/api/queries.ts";
import { createQueryClient } from "../src/api/query-client.ts";

const session: Session = {
  actor: { id: "ana", name: "ana", verified: true, roles: ["admin"] },
  auth: { mode: "none", can_log_out: false, is_open: false },
  permissions: [],
  permissions_overall: [],
  read_only: false,
  environment: { name: "production", tone: "red" },
  engine: {
    kind: "embedded",
    name: "embedded",
    version: null,
    capabilities: {},
    status: { status: "ok", cause: null, detail: null, last_ok_at: null },
    embedded: true,
    scenario: null,
    scenario_fixed: null,
    scenarios: [],
  },
  server: { version: "0", time: "2026-11-24T14:22:00.000Z", started_at: "2026-11-24T03:12:00.000Z" },
  retention: {
    audit: { capacity: 1000, source: "memory", copies: { required: false, sinks: [] } },
    metrics: { step_s: 1, samples: 60, retention_s: 60, layers: [] },
  },
  policy: { reason_required: [] },
  links: [],
  task_notes: {},
};

/** A view alone, with nothing behind it: rows in, callbacks out. */
export function renderView(view: ReactNode): void {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { staleTime: "static" } });
  client.setQueryData(sessionQuery().queryKey, session);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>{view}</MemoryRouter>
    </QueryClientProvider>,
  );
}
