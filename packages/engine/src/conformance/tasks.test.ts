import { expect, it } from "vitest";
import { createTasks, type TaskContext } from "./tasks.ts";

const context = (task: string, more: Partial<TaskContext> = {}): TaskContext => ({
  task,
  attempt: 1,
  signal: null,
  log: () => undefined,
  progress: () => undefined,
  sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
  ...more,
});

it("a task does what its name says", async () => {
  const { run } = createTasks();
  await expect(run(context("ok"))).resolves.toMatchObject({ ok: true });
  await expect(run(context("fail", { attempt: 2 }))).rejects.toThrow("boom in attempt 2");
  await expect(run(context("fail-once"))).rejects.toThrow("boom");
  await expect(run(context("fail-once", { attempt: 2 }))).resolves.toMatchObject({ attempt: 2 });
  await expect(run(context("fail-type"))).rejects.toBeInstanceOf(TypeError);
  const lines: string[] = [];
  await run(context("log", { log: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(3);
});

it("a slow task ends when it is released or told to stop", async () => {
  const tasks = createTasks();
  const stop = new AbortController();
  const stopped = tasks.run(context("slow", { signal: stop.signal }));
  stop.abort(new Error("told to stop"));
  await expect(stopped).rejects.toThrow("told to stop");
  const released = tasks.run(context("slow"));
  tasks.release();
  await expect(released).resolves.toEqual({ ok: true });
});
