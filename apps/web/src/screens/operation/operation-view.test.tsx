import type { Operation } from "@spillway/contract/schemas";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { bulk, drained, passed, phase, redrive } from "../../../test/operations.ts";
import { renderView } from "../../../test/render-view.tsx";
import { printNote } from "../../features/notes/notes.ts";
import { serverNow, setClockSkew } from "../../ui/use-now.ts";
import { operationNote } from "./operation-note.ts";
import { stopQuestion } from "./operation-questions.ts";
import { OperationView } from "./operation-view.tsx";
import { dotsOf } from "./phase-picture.tsx";

function show(operation: Operation, off: (command: string) => string | null = () => null): string[] {
  const commands: string[] = [];
  renderView(
    <OperationView operation={operation} off={off} onCommand={(command) => commands.push(command)}>
      outcomes
    </OperationView>,
  );
  return commands;
}

const buttons = () =>
  screen
    .getAllByRole("button")
    .filter((button) => !(button.getAttribute("aria-label") ?? button.textContent).startsWith("Copy"))
    .map((button) => button.textContent);

describe("the hand on the valve", () => {
  it.each([
    [bulk(), ["Pause", "Stop…"]],
    [bulk({ state: "scheduled" }), ["Stop…"]],
    [bulk({ state: "paused" }), ["Go on", "Stop…"]],
    [bulk({ state: "done" }), []],
    [bulk({ state: "cancelled" }), []],
    [redrive({ state: "awaiting_verdict" }), ["Pause", "Stop…", "Advance now…"]],
    [redrive({ state: "awaiting_operator", phases: [passed(), phase(2)] }), ["End it…", "Advance now…"]],
    [
      redrive({ state: "awaiting_operator", phases: [phase(1, { state: "regressed" }), phase(2)] }),
      ["End it…", "Advance anyway…"],
    ],
    [drained(), ["Put them back…", "Purge now…"]],
    [drained({ state: "running", held: { count: 9, state: "restoring" } }), ["Pause", "Stop…"]],
    [drained({ held: { count: 9, state: "restored" } }), []],
  ])("is what its state allows %#", (operation, expected) => {
    show(operation);
    expect(buttons()).toEqual(expected);
  });

  it("says what was pressed, and why something can't be", async () => {
    const pressed = show(redrive({ state: "awaiting_verdict" }), (command) =>
      command === "cancel" ? "Your role may not do this; it takes operator." : null,
    );
    await userEvent.click(screen.getByRole("button", { name: "Advance now…" }));
    await userEvent.click(screen.getByRole("button", { name: "Stop…" }));
    expect(pressed).toEqual(["advance"]);
    expect(screen.getByRole("button", { name: "Stop…" }).getAttribute("aria-description")).toMatch(
      /operator/,
    );
  });
});

describe("stopping", () => {
  const third = phase(3, {
    state: "running",
    retried: 2069,
    started: 560,
    completed_again: 474,
    still_open: 1595,
  });
  const allBack = redrive({ done: 2310, succeeded: 2310, phases: [passed(), third] });

  it("says which jobs still run, though all are put back, and what would hold them", () => {
    expect(stopQuestion(allBack)).toMatchObject({
      effect: "All is done already: 2,310 jobs are retried and stay so.",
      consequence:
        "1,509 jobs already put back still run; only a pause of billing holds them. How they end is judged no more.",
    });
    expect(stopQuestion(bulk())).toMatchObject({
      effect: "1,190 jobs are retried and stay so; the other 1,110 are left alone.",
      consequence: "What is put back already still runs; only a pause of billing holds it.",
    });
    expect(stopQuestion(bulk({ action: "job.cancel" })).consequence).toBeUndefined();
  });
});

describe("phases", () => {
  it("of a few jobs are dots: what met its fate first, what was not touched last", () => {
    const first = phase(1, {
      state: "running",
      retried: 8,
      skipped: 1,
      started: 5,
      completed_again: 3,
      failed_again: 1,
    });
    expect(dotsOf(first).join(" ")).toBe(
      "completed completed completed failed running open open open skipped untouched",
    );
  });

  it("turn green one by one, in words too", () => {
    show(redrive({ phases: [passed(), phase(2), phase(3)] }));
    const first = screen.getByRole("listitem", { name: "Phase 1" });
    expect(within(first).getByRole("img").getAttribute("aria-label")).toBe(
      "Phase 1: 10 of 10 completed, 0 failed again",
    );
    expect(within(first).getByText("stops when 2 of 10 fail again")).toBeTruthy();
    expect(within(first).getByText("14:21:00–14:22:04Z")).toBeTruthy();
    const third = screen.getByRole("listitem", { name: "Phase 3" });
    expect(third.textContent).toContain("the rest = 2,069");
    expect(third.textContent).toContain("waits for 2; begins by itself");
  });

  it("count down to their verdict; without a time they say what they wait for", () => {
    setClockSkew(0);
    const settles = new Date(serverNow() + 38_500).toISOString();
    show(
      redrive({ phases: [phase(1, { state: "settling", retried: 10, started: 10, settles_at: settles })] }),
    );
    expect(screen.getByText(/^settling, 3[89] s$/)).toBeTruthy();
  });

  it("that wait for jobs to start have no countdown", () => {
    show(redrive({ phases: [phase(1, { state: "settling", retried: 10 })] }));
    expect(screen.getByText("its time begins as jobs start")).toBeTruthy();
  });

  it("that come after one that did not pass are begun by a person, and the reason is told once", () => {
    const note = "Phase 1 regressed. 3 of 10 jobs failed again.";
    const first = phase(1, { state: "regressed", retried: 10, failed_again: 3 });
    show(redrive({ state: "awaiting_operator", note, phases: [first, phase(2)] }));
    expect(screen.getByRole("listitem", { name: "Phase 2" }).textContent).toContain(
      "waits for 1; you begin it",
    );
    expect(screen.getAllByText(note)).toHaveLength(1);
    expect(screen.queryByText(/^Phase 1 of 2:/)).toBeNull();
  });

  it("that somebody went on from say who did, and call for nothing any more", () => {
    const verdict = "9 of 10 jobs completed, 1 failed again (10 % of those known; 0 allowed). dana went on.";
    const first = passed({
      state: "regressed",
      completed_again: 9,
      failed_again: 1,
      overruled_by: "dana",
      verdict,
    });
    show(
      redrive({
        phases: [first, phase(2, { state: "running", retried: 20, started: 9, completed_again: 5 })],
      }),
    );
    const [one] = screen.getAllByRole("listitem", { name: /^Phase/ });
    expect(one?.textContent).toContain("overruled by dana");
    expect(one?.textContent).not.toContain("fails again");
    expect(within(one as HTMLElement).getByText(verdict).className).not.toContain("text-failed");
    expect(screen.getByText(/^Phase 2 of 2: 5 of 20 completed/)).toBeTruthy();
  });

  it("of one that was stopped keep what became of their jobs, and promise nothing", () => {
    const first = phase(1, {
      state: "cancelled",
      retried: 10,
      started: 10,
      completed_again: 4,
      failed_again: 6,
    });
    show(redrive({ state: "cancelled", phases: [first, phase(2)] }));
    const [one, two] = screen.getAllByRole("listitem", { name: /^Phase/ });
    expect(within(one as HTMLElement).getByRole("img", { name: /^Phase 1: 4 of 10/ })).toBeTruthy();
    expect(two?.textContent).toContain("not begun");
    expect(two?.textContent).not.toContain("by itself");
  });

  it("name what fails again, with the way to it", () => {
    show(
      redrive({
        state: "failed",
        phases: [
          phase(1, {
            state: "regressed",
            retried: 10,
            failed_again: 3,
            verdict: "Too many failed again.",
            failing_shapes: [{ shape_id: "v1:x", title: "TimeoutError: connect", count: 3 }],
          }),
        ],
      }),
    );
    const link = screen.getByRole("link", { name: "TimeoutError: connect" });
    expect(link.getAttribute("href")).toBe("/queues/billing/jobs?state=failed&error_shape=v1%3Ax");
    expect(screen.getByText("Too many failed again.")).toBeTruthy();
  });
});

it("says until when held jobs can be put back", () => {
  show(drained());
  expect(screen.getByText("12,400 jobs held until 2126-11-25 14:21Z")).toBeTruthy();
});

it("links the jobs, the incident and its records", () => {
  show(bulk());
  const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
  expect(href("What matches now")).toBe("/queues/billing/jobs?state=failed&task=invoice");
  expect(href("INC-2231")).toBe("/audit?incident=INC-2231");
  expect(href("All its records")).toBe("/audit?operation_id=01KB0000000000000000000001");
});

it("pastes into notes with absolute times", () => {
  const note = printNote(
    operationNote(redrive({ state: "done", finished_at: "2026-11-24T14:31:00.000Z", phases: [passed()] })),
    { environment: { name: "prod", tone: "red" } } as never,
    "https://ops/operations/1",
  );
  expect(note).toContain("**Retry in phases: billing** (prod, ");
  expect(note).toContain("- 2026-11-24 14:21:00Z to 2026-11-24 14:31:00Z\n");
  expect(note).toContain(
    "- Phase 1 (10 of different kinds): passed; 10 of 10 jobs completed, 0 failed again",
  );
  expect(note).toContain("<https://ops/operations/1>");
});
