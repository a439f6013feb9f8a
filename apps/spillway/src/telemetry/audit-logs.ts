import { type ChainEntry, chainEntry } from "@spillway/contract/schemas";
import { VERSION } from "../version.ts";

const INFO = 9;
const WARN = 13;

/** Lines of the audit as the body of an OTLP logs request: a record an entry, whose body is the line itself, to be verified by. */
export function toLogsRequest(lines: readonly string[]): { type: string; body: string } {
  const logRecords = lines.map((line) => toRecord(line, chainEntry.parse(JSON.parse(line))));
  const resource = { attributes: [text("service.name", "spillway"), text("service.version", VERSION)] };
  const scopeLogs = [{ scope: { name: "spillway.audit" }, logRecords }];
  return { type: "application/json", body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs }] }) };
}

function toRecord(line: string, entry: ChainEntry) {
  const isBad = entry.kind !== "intent" && entry.body.status !== "success";
  const time = `${Date.parse(entry.at)}000000`;
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: isBad ? WARN : INFO,
    severityText: isBad ? "WARN" : "INFO",
    body: { stringValue: line },
    attributes: attributesOf(entry),
  };
}

function attributesOf(entry: ChainEntry) {
  const about = [
    text("spillway.audit.id", entry.id),
    text("spillway.audit.kind", entry.kind),
    text("spillway.audit.hash", entry.hash),
  ];
  if (entry.kind !== "intent") return [...about, text("spillway.status", entry.body.status)];
  const { action, queue, actor, request_id: requestId } = entry.body;
  return [
    ...about,
    text("spillway.action", action),
    text("enduser.id", actor.id),
    ...(queue === null ? [] : [text("spillway.queue", queue)]),
    ...(requestId === null ? [] : [text("spillway.request_id", requestId)]),
  ];
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
