import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { TimeChart } from "./time-chart.tsx";

const at = (minute: number) => Date.parse("2026-11-25T14:00:00Z") + minute * 60_000;
const times = [0, 1, 2].map(at);

function Two() {
  return (
    <>
      <TimeChart
        title="Backlog"
        syncId="two"
        times={times}
        gaps={[{ from: at(1), to: at(1) }]}
        series={[{ key: "waiting", label: "waiting", colour: "waiting", values: [1_200, null, 3] }]}
      />
      <TimeChart
        title="Workers"
        syncId="two"
        times={times}
        series={[{ key: "workers", label: "workers", colour: "dim", values: [4, 4, 5] }]}
      />
    </>
  );
}

it("reads one time in all charts by the arrow keys, and says of a gap that it is one", async () => {
  render(<Two />);
  const [backlog, workers] = screen.getAllByRole("slider");
  const texts = () => [backlog, workers].map((one) => one?.getAttribute("aria-valuetext"));
  expect(texts()).toEqual(["14:02:00Z: waiting 3", "14:02:00Z: workers 5"]);
  await userEvent.tab();
  await userEvent.tab();
  expect(document.activeElement).toBe(backlog);
  await userEvent.keyboard("{Home}");
  expect(texts()).toEqual(["14:00:00Z: waiting 1,200", "14:00:00Z: workers 4"]);
  await userEvent.keyboard("{ArrowRight}");
  expect(texts()).toEqual(["14:01:00Z: waiting gap", "14:01:00Z: workers 4"]);
  expect(screen.getAllByText(/^14:01:00Z/)).toHaveLength(2);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByText(/^14:01:00Z/)).toBeNull();
});
