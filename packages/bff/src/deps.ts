import type { AuditSinkState } from "@spillway/contract/schemas";
import type { Clock, EngineSnapshot, QueueEngine } from "@spillway/engine";
import type { Authenticator, Policy } from "./auth/index.ts";
import type { Limits } from "./limits/index.ts";
import type { Redactor } from "./redaction/index.ts";

/** What a BFF is made of. Everything that differs between Node and a browser, or between a test and life, comes in here. */
export interface BffDeps {
  engine: QueueEngine;
  clock: Clock;
  /** Hex SHA-256 of a text, at once: the audit chain must number and hash in one synchronous step. */
  sha256: (text: string) => string;
  log: Logger;
  config: BffConfig;
  /** What people may do and see. Default: viewer, operator and admin, who see every queue and give reasons as configured. */
  policy?: Policy;
  /** Where audit entries are copied to before an effect may happen; none: memory only. */
  auditSinks?: readonly AuditSink[];
  /** Whether an effect may only happen when one of them has its intent. */
  auditRequired?: boolean;
  /** Where operations are kept, so that the next process goes on with them; none: they end with this one. */
  operationsStore?: OperationsStore;
  /** Tells who sent a request; none: nobody is checked. */
  authenticator?: Authenticator;
  /** What is secret here; none: what is secret everywhere. */
  redactor?: Redactor;
  /** Rehearsals, where the engine offers them. */
  rehearsal?: Rehearsal;
  /** What the process takes that runs this; none: not told. */
  processFigures?: () => ProcessFigures;
  /** The address of a request's sender, from what the server binds to it; none: addresses are not known. */
  peerAddress?: (bindings: unknown) => string | null;
}

export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Where audit entries go, a line each. Asked for one batch at a time. */
export interface AuditSink {
  kind: AuditSinkState["kind"];
  /** Which, for people to see: a file's name, a host; no secrets. */
  target: string;
  /** In order; resolves when all are safe. What it rejects with says why in words, and the lines come again. */
  append(lines: readonly string[]): Promise<void>;
  /** Lines of earlier processes, oldest first, asked for once at start. */
  readBack?(): AsyncIterable<string>;
}

/** Lines in order, for the next process. */
export interface OperationsStore {
  /** Resolves when it is safe. */
  append(line: string): Promise<void>;
  /** Lines of earlier processes, oldest first. */
  readBack(): AsyncIterable<string>;
  /**
   * Puts these in the place of all lines there are, at once or not at all. Lines appended before are there when it begins, those
   * appended meanwhile follow. They are taken one by one while it goes on.
   */
  replace(lines: Iterable<string>): Promise<void>;
  /** It is replaced once it holds so much more than is needed, and twice as much. Characters; none: only at start. */
  slack?: number;
}

export interface Rehearsal {
  current(): string;
  scenarios: { name: string; description: string }[];
  /** Replaces the world by this scenario, its fault unmended. */
  load(name: string, speed: number | undefined): void;
  /** What a console would have seen of the running scenario before it was loaded, oldest first. */
  past(): Iterable<EngineSnapshot>;
  /** Whether the running scenario's fault was ended. */
  fixed(): boolean;
  /** Ends it, as a fix of its root cause would. */
  fix(): void;
}

export interface ProcessFigures {
  /** Epoch seconds. */
  startedAtS: number;
  cpuS: number;
  residentBytes: number;
  heapUsedBytes: number;
  /** How long the event loop did not idle. */
  loopBusyS: number;
}

export interface EnvironmentLink {
  on: "queue" | "task" | "worker" | "trouble";
  label: string;
  url: string;
}

/** Durations in ms. Every value is already validated by whoever composes. */
export interface BffConfig {
  /** `/` or `/ops/queues/`: with both slashes. */
  basePath: string;
  version: string;
  sampleIntervalMs: number;
  /** How many samples of history are kept per queue, as they were taken. */
  historySamples: number;
  /** What is kept of the time before them, joined to longer steps; the finest first. */
  coarserHistory: readonly { stepMs: number; samples: number }[];
  /** How many audit records are kept. */
  auditSize: number;
  expectedWorkers: { total: number | null; queues: Record<string, number> };
  environment: { name: string | null; tone: "red" | "amber" | "green" | null };
  links: EnvironmentLink[];
  taskNotes: Record<string, string>;
  reasonRequired: string[];
  /** Host names (without port) this process answers to; empty: loopback names only. */
  allowedHosts: string[];
  /** Anyone on the network gets in: told on every screen, and on record. */
  isOpen?: boolean;
  /** How it was started, for the record; no secrets. */
  settings?: Record<string, unknown>;
  /** Whether browsers are told to reach this host by TLS only, for a year; default: no. */
  hsts?: boolean;
  /** How much one party may ask; null: as much as it likes. */
  limits: Limits | null;
}
