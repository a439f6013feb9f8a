/** What a metric is, once: the text a scrape answers, its checks and the files in `deploy/` name these and no others. */
export interface Family {
  type: "gauge" | "counter" | "histogram";
  help: string;
}

/** Every metric that `/metrics/prometheus` may tell. What is not known is left out, never zero. */
export const FAMILIES = {
  spillway_build_info: { type: "gauge", help: "The console and the engine behind it; always 1." },
  spillway_engine_up: {
    type: "gauge",
    help: "Whether the engine answered the last sample. All figures of queues and workers are left out while it is 0.",
  },
  spillway_sample_timestamp_seconds: {
    type: "gauge",
    help: "When the engine last answered a sample; of that moment are all figures of queues and workers.",
  },
  spillway_sample_interval_seconds: { type: "gauge", help: "How often the engine is sampled." },
  spillway_queues: { type: "gauge", help: "How many queues there are." },
  spillway_queues_left_out: {
    type: "gauge",
    help: "Queues that are not told of here, as there are too many: the last ones by name.",
  },
  spillway_jobs: {
    type: "gauge",
    help: "Jobs by state. failed: attempts exhausted; completed: as many as the engine keeps.",
  },
  spillway_queue_paused: { type: "gauge", help: "Whether the queue is paused." },
  spillway_queue_oldest_waiting_age_seconds: {
    type: "gauge",
    help: "How long the longest-waiting job has been waiting. Left out if none waits or nobody knows.",
  },
  spillway_queue_stalled_jobs: { type: "gauge", help: "Active jobs that no living worker holds." },
  spillway_queue_workers: {
    type: "gauge",
    help: "Workers on the queue, without those that stopped or were lost.",
  },
  spillway_queue_expected_workers: {
    type: "gauge",
    help: "How many there should be, as configured or learned.",
  },
  spillway_jobs_enqueued_total: { type: "counter", help: "Jobs that were added." },
  spillway_jobs_started_total: { type: "counter", help: "Runs that began." },
  spillway_jobs_completed_total: { type: "counter", help: "Jobs that completed." },
  spillway_jobs_failed_attempts_total: { type: "counter", help: "Runs that threw, retried or not." },
  spillway_jobs_failed_total: {
    type: "counter",
    help: "Jobs that failed for good: their attempts are exhausted.",
  },
  spillway_jobs_retried_total: {
    type: "counter",
    help: "Jobs that were put back after they failed, by the engine itself or by an operator.",
  },
  spillway_jobs_stalled_total: {
    type: "counter",
    help: "Runs that were given up because no worker held the job any more.",
  },
  spillway_job_run_seconds: { type: "histogram", help: "How long runs took." },
  spillway_workers: {
    type: "gauge",
    help: "Workers by health. Left out where the engine does not tell who works.",
  },
  spillway_trouble: {
    type: "gauge",
    help: "What needs attention now, as on the overview: 1 for each finding.",
  },
  spillway_audit_sink_failing: { type: "gauge", help: "Whether audit entries can't be copied out." },
  spillway_audit_sink_waiting_entries: { type: "gauge", help: "Audit entries that wait to be copied out." },
  spillway_audit_sink_given_up_entries_total: {
    type: "counter",
    help: "Audit entries that were given up, as the sink failed for too long.",
  },
  process_start_time_seconds: { type: "gauge", help: "When the console was started." },
  process_cpu_seconds_total: { type: "counter", help: "Processor time of the console's process." },
  process_resident_memory_bytes: { type: "gauge", help: "Memory that the process holds." },
  nodejs_heap_used_bytes: { type: "gauge", help: "Of it, what JavaScript uses." },
  nodejs_event_loop_busy_seconds_total: { type: "counter", help: "How long the event loop did not idle." },
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;

/** One line of the text. */
export interface Sample {
  family: FamilyName;
  /** Of a histogram: `_bucket`, `_sum` or `_count`. */
  suffix?: "_bucket" | "_sum" | "_count";
  labels?: Readonly<Record<string, string>>;
  value: number;
}
