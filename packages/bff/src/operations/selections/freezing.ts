import type { JobActionName, SelectionFilter } from "@spillway/contract/schemas";
import type { JobRow, QueueEngine, ScanField, ScanOptions } from "@spillway/engine";
import { type ShapeCache, spreadOver } from "@spillway/triage";
import { ProblemError } from "../../http/problem.ts";
import { type JobFilter, jobFilter } from "../../jobs/search/filter.ts";
import type { WorkerBook } from "../../jobs/worker-book.ts";
import type { Budget } from "../../limits/budget.ts";
import type { Redactor } from "../../redaction/index.ts";
import { FrozenJobs } from "../frozen/frozen-jobs.ts";
import { GroupBook } from "../frozen/group-book.ts";

/** More than this are no selection that anyone could have looked at, and too many to hold. */
const MOST_JOBS = 2_000_000;
const SAMPLES = 10;
/** While a selection grows, its sample is taken from the first of its jobs only. */
const FIRST = 5_000;
/** Ids looked up in one read. */
const READ_AT_ONCE = 200;

export interface FreezingDeps {
  engine: QueueEngine;
  /** Who works now, to tell whose jobs are meant. */
  workers: () => WorkerBook;
  redactor: Redactor;
}

export interface FreezingOptions {
  queue: string;
  action: JobActionName;
  /** What it is a selection of; null for jobs named one by one. */
  filter: SelectionFilter | null;
  /** Delayed jobs too, whatever the filter's state. */
  alsoDelayed?: boolean;
}

/** A selection while it is counted, and afterwards. What it holds when it is complete is what will be acted on. */
export class Freezing {
  readonly options: FreezingOptions;
  readonly jobs = new FrozenJobs();
  readonly groups: GroupBook;
  scanned = 0;
  total = 0;
  complete = false;
  /** Of jobs named one by one, how many there are not. */
  missing = 0;
  #cursor: string | null = null;
  #sample: readonly number[] | null = null;

  constructor(options: FreezingOptions, shapes: ShapeCache) {
    this.options = options;
    this.groups = new GroupBook(shapes);
  }

  /** A few of the jobs, spread over groups and ages; while it grows, of the first of them only. */
  sample(): readonly number[] {
    if (this.#sample !== null) return this.#sample;
    const groups = this.complete ? this.jobs.groups : this.jobs.groups.subarray(0, FIRST);
    const sample = spreadOver(groups, SAMPLES);
    if (this.complete) this.#sample = sample;
    return sample;
  }

  /** Scans on until all is seen or the budget is spent. */
  async goOn({ engine, workers, redactor }: FreezingDeps, budget: Budget): Promise<void> {
    const { queue, filter } = this.options;
    if (filter === null || this.complete) return;
    const wanted = jobFilter(
      queue,
      { ...filter, sort: "newest", page: 1, size: 1 },
      { workers: workers(), redactor },
    );
    const before = this.scanned;
    let looked = 0;
    for await (const batch of engine.scan(queue, this.#scan(wanted, filter))) {
      for (const row of batch.rows) if (wanted.matches(row)) this.#take(row);
      budget.spend(batch.scanned - looked);
      looked = batch.scanned;
      this.scanned = before + batch.scanned;
      this.total = before + batch.totalToScan;
      this.#cursor = batch.cursor;
      this.complete = batch.cursor === null;
      if (this.complete || budget.isSpent) break;
    }
  }

  /** Freezes jobs that were named, at the version they were seen at or have now. */
  async name(
    engine: QueueEngine,
    named: readonly { id: string; version?: string | undefined }[],
  ): Promise<void> {
    const versions = new Map(named.map(({ id, version }) => [id, version]));
    const ids = [...versions.keys()];
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const part = ids.slice(at, at + READ_AT_ONCE);
      const rows = new Map<string, JobRow>();
      for (const row of await engine.jobsById(this.options.queue, part)) rows.set(row.id, row);
      for (const id of part) {
        const row = rows.get(id);
        const version = versions.get(id) ?? row?.version;
        if (version === undefined) this.missing++;
        else this.jobs.add(id, version, this.groups.add(row ?? { task: null, error: null }));
      }
    }
    this.scanned = this.total = ids.length;
    this.complete = true;
  }

  #scan({ states, fields, jobId, inPayload, from, to }: JobFilter, { state }: SelectionFilter): ScanOptions {
    const asked = new Set<ScanField>([...fields, "version", "task", ...(state === "failed" ? FAILED : [])]);
    return {
      states: this.options.alsoDelayed ? [...states, "delayed"] : states,
      fields: [...asked],
      // Newest first: a job that comes while it scans is not met, and none is met twice.
      order: "newest",
      ...(this.#cursor !== null && { cursor: this.#cursor }),
      ...(jobId !== undefined && { idContains: jobId }),
      ...(inPayload !== undefined && { payloadContains: inPayload }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
  }

  #take({ id, version, task, error }: Parameters<JobFilter["matches"]>[0]): void {
    if (this.jobs.size === MOST_JOBS)
      throw new ProblemError(
        "too_large",
        `More than ${MOST_JOBS.toLocaleString("en-US")} jobs match. Narrow the selection.`,
      );
    this.jobs.add(id, version, this.groups.add({ task, error }));
  }
}

const FAILED: readonly ScanField[] = ["error"];
