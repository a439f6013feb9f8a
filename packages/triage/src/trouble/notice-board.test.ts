import { describe, expect, it } from "vitest";
import { createNoticeBoard, type NoticedQueue, type PostedNotice } from "./notice-board.ts";

const TICK_MS = 5000;
const HALF_HOUR = 360;

/** A queue into which jobs come, counted or not. */
function createQueue(usualPerMin: number | null = 120) {
  const counts = { waiting: 40, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 };
  const counted = { enqueued: 500, started: 0, completed: 460, failed: 0, operatorRetried: 0 };
  return {
    paused: false,
    counted,
    enqueue(jobs: number) {
      counts.waiting += jobs;
      counted.enqueued += jobs;
    },
    putBack(jobs: number) {
      counts.waiting += jobs;
    },
    work(jobs: number) {
      counts.waiting -= jobs;
      counted.completed += jobs;
    },
    read(): NoticedQueue {
      const unknown = { failedAttempts: null, stalled: null, autoRetried: null };
      const flows = { since: 0, ...unknown, durations: null, durationSum: null, ...counted };
      return { name: "email", paused: this.paused, counts: { ...counts }, flows, usualPerMin };
    },
  };
}

const deleted = (jobs: number): PostedNotice => ({
  code: "jobs_removed",
  queue: "email",
  at: 0,
  text: `${jobs} waiting jobs vanished.`,
  undoneBy: { jobs },
});
const put = (state: "paused" | "running", at = 0): PostedNotice => ({
  code: "changed_outside",
  queue: "email",
  at,
  text: `email is ${state}.`,
  undoneBy: { leaves: state },
});

type Queue = ReturnType<typeof createQueue>;

/** After which ticks it is told; ten jobs come in and are done at each. */
function told(notice: PostedNotice, queue: Queue, ticks: number, happens: (tick: number) => void): number[] {
  const board = createNoticeBoard();
  board.post(notice);
  return Array.from({ length: ticks }, (_, tick) => tick).filter((tick) => {
    queue.enqueue(10);
    queue.work(10);
    happens(tick);
    return board.observe([queue.read()], tick * TICK_MS).length > 0;
  });
}
const upTo = (ticks: number) => Array.from({ length: ticks }, (_, tick) => tick);

describe("jobs that were deleted", () => {
  it("are told for half an hour where they stay away, whatever comes in as always", () => {
    expect(told(deleted(200), createQueue(), 400, () => {})).toEqual(upTo(HALF_HOUR + 1));
  });

  it("are told until they are put back, counted or not, while work goes on", () => {
    for (const back of ["enqueue", "putBack"] as const) {
      const queue = createQueue();
      const ticks = told(deleted(2000), queue, 40, (tick) => {
        if (tick !== 20) return;
        queue[back](2000);
        queue.work(60);
      });
      expect(ticks).toEqual(upTo(20));
    }
  });

  it("are not back with a part of them, nor with as many that come in over a long time", () => {
    const half = createQueue();
    expect(told(deleted(2000), half, 40, (tick) => tick === 20 && half.enqueue(1000))).toEqual(upTo(40));
    const more = createQueue();
    expect(told(deleted(2000), more, 200, () => more.enqueue(20))).toEqual(upTo(200));
  });

  it("are back, where nobody knows what is usual, only with those that no counter saw coming", () => {
    const queue = createQueue(null);
    const ticks = told(deleted(300), queue, 40, (tick) => {
      if (tick === 10) queue.enqueue(400);
      if (tick === 30) queue.putBack(300);
    });
    expect(ticks).toEqual(upTo(30));
  });

  it("can't be told to be back across counters that began anew", () => {
    const queue = createQueue();
    const board = createNoticeBoard();
    board.post(deleted(300));
    board.observe([queue.read()], 0);
    const { flows, ...rest } = queue.read();
    const anew = { ...rest, flows: { ...flows, since: 9, enqueued: 5000, completed: 4960 } };
    expect(board.observe([anew], TICK_MS)).toHaveLength(1);
  });
});

describe("a change made elsewhere", () => {
  it("is told until somebody takes it back here", () => {
    const queue = createQueue();
    queue.paused = true;
    const ticks = told(put("paused"), queue, 40, (tick) => {
      if (tick === 20) queue.paused = false;
    });
    expect(ticks).toEqual(upTo(20));
  });

  it("is not told once it was taken back elsewhere, nor is that", () => {
    const board = createNoticeBoard();
    const queue = createQueue();
    queue.paused = true;
    board.post(put("paused"));
    expect(board.observe([queue.read()], TICK_MS)).toMatchObject([{ text: "email is paused." }]);
    queue.paused = false;
    board.post(put("running", 2 * TICK_MS));
    expect(board.observe([queue.read()], 2 * TICK_MS)).toEqual([]);
  });

  it("of a queue that is gone stays told", () => {
    const board = createNoticeBoard();
    board.post({ ...put("paused"), undoneBy: null });
    expect(board.observe([], TICK_MS)).toHaveLength(1);
  });
});
