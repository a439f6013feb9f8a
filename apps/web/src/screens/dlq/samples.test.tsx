import type { JobSummary } from "@spillway/contract/schemas";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderView } from "../../../test/render-view.tsx";
import { Samples } from "./samples.tsx";

const failed: JobSummary = {
  id: "job-1",
  queue: "billing",
  task: "invoice.charge",
  state: "failed",
  priority: 0,
  attempts_made: 3,
  max_attempts: 3,
  created_at: "2026-11-24T14:02:11.000Z",
  waiting_since: null,
  run_at: null,
  started_at: "2026-11-24T14:20:58.000Z",
  finished_at: "2026-11-24T14:21:00.000Z",
  wait_ms: null,
  run_ms: 2000,
  worker_id: null,
  progress: null,
  error: { name: "TimeoutError", message: "connect timed out", shape_id: "v1:abc" },
  payload_bytes: 2,
  payload_preview: "{}",
  flags: [],
  version: "1",
};

const none = { has: () => false, toggle: () => {}, toggleAll: () => {}, all: false };

/** The samples of an error, which all complete when the button is pressed. */
function Retried() {
  const [jobs, put] = useState([failed]);
  return (
    <>
      <button type="button" onClick={() => put([{ ...failed, state: "completed", error: null }])}>
        run
      </button>
      <Samples
        jobs={jobs}
        loading={false}
        unread={false}
        selection={none}
        onRenew={() => {}}
        all={false}
        onAll={() => {}}
      />
    </>
  );
}

it("keeps the example in its place once the samples have completed, and says that none is failed", async () => {
  renderView(<Retried />);
  expect(screen.getByText("connect timed out")).toBeTruthy();
  expect(screen.getByRole("columnheader", { name: "Ended" })).toBeTruthy();
  expect(screen.queryByText("None of these is failed now.")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "run" }));
  expect(screen.getByText("connect timed out")).toBeTruthy();
  expect(screen.getByText("None of these is failed now.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Take other samples" })).toBeTruthy();
});
