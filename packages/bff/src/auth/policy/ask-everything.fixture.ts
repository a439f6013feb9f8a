import { buildPath } from "@spillway/contract/paths";
import { type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";

export const names = Object.keys(endpoints) as EndpointName[];

export const endpointOf = (name: EndpointName): Endpoint => endpoints[name];

const QUERIES: Partial<Record<EndpointName, string>> = {
  findJob: "?job_id=none",
  exportAudit: "?format=csv",
};
const selection = { filter: { state: "failed" } };
/** Such as are read, and do as little as can be. */
const BODIES: Partial<Record<EndpointName, object>> = {
  setName: { name: "Ana" },
  createMarker: { title: "v2.1 is out" },
  setScenario: { name: "no such" },
  previewSelection: { action: "job.retry", selection },
  bulkJobs: { action: "job.retry", selection },
  redriveJobs: { selection },
  cleanQueue: { state: "failed" },
  logIn: { user: "nobody", password: "none" },
};

export function pathOf(name: EndpointName, queue: string): string {
  const ids = {
    job_id: "none",
    schedule_id: "none",
    audit_id: "none",
    trouble_id: "none",
    marker_id: "none",
  };
  const path = buildPath(name, { queue, ...ids, operation_id: "none", token: "none" });
  return path + (QUERIES[name] ?? "");
}

/** A request as a program would send it. */
export function initOf(name: EndpointName): RequestInit {
  if (endpoints[name].method === "GET") return {};
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Spillway-Request": "1" },
    body: JSON.stringify(BODIES[name] ?? {}),
  };
}
