import { describe, expect, it } from "vitest";
import { parseStack } from "./stack.ts";

const STACK = `TypeError: x
    at new Foo (/app/src/foo.ts:1:2)
    at async Promise.all (index 0)
    at async Object.run (file:///app/dist/run.js:10:20)
    at eval (eval at make (/app/src/make.ts:3:4), <anonymous>:1:1)
    at /app/node_modules/bullmq/dist/esm/classes/worker.js:5:6
    at Array.map (<anonymous>)
    at node:internal/timers:588:17
    at Socket.emit [as other] (node:events:530:35)
    at Windows.path (C:\\app\\src\\x.ts:7:8)`;

describe("parseStack", () => {
  it("reads the frames of V8", () => {
    const frames = parseStack(STACK);
    expect(frames.map((f) => [f.function, f.file, f.line, f.column, f.inApp])).toEqual([
      ["new Foo", "/app/src/foo.ts", 1, 2, true],
      ["run", "/app/dist/run.js", 10, 20, true],
      ["eval", "/app/src/make.ts", 3, 4, true],
      [null, "/app/node_modules/bullmq/dist/esm/classes/worker.js", 5, 6, false],
      ["Array.map", "<anonymous>", null, null, false],
      [null, "node:internal/timers", 588, 17, false],
      ["Socket.emit", "node:events", 530, 35, false],
      ["Windows.path", "C:\\app\\src\\x.ts", 7, 8, true],
    ]);
  });

  it("reads frames of other engines and skips what is none", () => {
    expect(parseStack("run@https://a.b/x.js:1:2\nsomeone wrote to a@b.c\nat home")).toHaveLength(1);
  });
});
