import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Button } from "./button.tsx";
import { Select } from "./field.tsx";
import { JsonView } from "./json-view.tsx";
import { layOut } from "./segment-bar.tsx";
import { sparkPath } from "./sparkline.tsx";
import { foldLibraries, StackTrace } from "./stack-trace.tsx";
import { Table } from "./table.tsx";
import { Toasts, toast } from "./toasts.tsx";
import { Tooltips } from "./tooltip.tsx";

it("says why a button can't be pressed, and is not pressed", async () => {
  const press = vi.fn();
  render(
    <Button disabledReason="Active jobs can't be removed, cancel first." onClick={press}>
      Remove
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Remove" });
  expect(button.getAttribute("aria-description")).toMatch(/cancel first/);
  await userEvent.click(button);
  expect(press).not.toHaveBeenCalled();
  expect(button.getAttribute("data-tip")).toMatch(/cancel first/);
  button.focus();
  expect(document.activeElement).toBe(button);
});

it("shows JSON with exact numbers, redacted values hidden, blocks folded", async () => {
  render(
    <JsonView
      label="Payload"
      text='{"id":90071992547409931,"card":{"number":"4242"},"n":[1,2]}'
      redacted={["card.number"]}
    />,
  );
  expect(screen.getByText("90071992547409931")).toBeTruthy();
  expect(screen.queryByText('"4242"')).toBeNull();
  expect(screen.getByText("redacted")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "[" }));
  expect(screen.getByText("[ 2 … ]")).toBeTruthy();
});

it("shows text that is not JSON as it is", () => {
  render(<JsonView label="Payload" text="<img src=x onerror=alert(1)>" />);
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeTruthy();
});

it("folds library frames between our own", () => {
  const frame = (name: string, in_app: boolean) => ({
    function: name,
    file: "f.ts",
    line: 1,
    column: 2,
    in_app,
  });
  const frames = [frame("ours", true), frame("lib1", false), frame("lib2", false), frame("ours2", true)];
  expect(foldLibraries(frames).map((run) => run.frames.length)).toEqual([1, 2, 1]);
  render(<StackTrace frames={frames} raw="Error: x" />);
  expect(screen.getByText("2 library frames folded")).toBeTruthy();
  fireEvent.click(screen.getByText("Show the raw stack"));
  expect(screen.getByText("Error: x")).toBeTruthy();
});

it("keeps gaps as gaps in a sparkline", () => {
  expect(sparkPath([1, 2, null, 3], 30, 20).match(/M/g)).toHaveLength(2);
  expect(sparkPath([], 30, 20)).toBe("");
  expect(sparkPath([0, 0], 30, 20)).not.toContain("NaN");
});

it("tells three outcomes and lets what is unknown stay", async () => {
  render(<Toasts />);
  const shown = toast({ outcome: "unknown", title: "Pausing billing" });
  expect(await screen.findByLabelText("Outcome unknown")).toBeTruthy();
  shown.update({ outcome: "success", title: "billing is paused" });
  expect(await screen.findByText("billing is paused")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText("billing is paused")).toBeNull();
});

it("selects rows and tells a shift-click apart", () => {
  const toggle = vi.fn();
  render(
    <Table
      label="Jobs"
      columns={[{ key: "id", head: "Job", cell: (row: { id: string }) => row.id }]}
      rows={[{ id: "1" }, { id: "2" }]}
      rowId={(row) => row.id}
      card={(row) => row.id}
      cardNote={() => null}
      selection={{ has: (id) => id === "1", toggle, toggleAll: () => {}, all: "some" }}
    />,
  );
  const boxes = screen.getAllByRole<HTMLInputElement>("checkbox", { name: "Select 2" });
  const [box] = boxes;
  if (box === undefined) throw new Error("no check box");
  fireEvent.click(box, { shiftKey: true });
  expect(toggle).toHaveBeenCalledWith("2", true);
  expect(
    screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all rows shown" }).indeterminate,
  ).toBe(true);
});

it("renders the rows of a long table that are near, tells how many there are, and renders short ones whole", () => {
  const table = (count: number) => (
    <Table
      label="Queues"
      columns={[{ key: "id", head: "Queue", cell: (row: { id: string }) => row.id }]}
      rows={Array.from({ length: count }, (_, n) => ({ id: `${n}` }))}
      rowId={(row) => row.id}
      card={(row) => row.id}
      cardNote={() => null}
    />
  );
  const { rerender } = render(table(1_000));
  const rows = () => screen.getAllByRole("row").slice(1);
  expect(rows().length).toBeLessThan(100);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("1001");
  expect(rows()[0]?.getAttribute("aria-rowindex")).toBe("2");
  rerender(table(100));
  expect(rows()).toHaveLength(100);
});

it("shows one of a million in a bar, and never more than the whole", () => {
  const places = layOut([999_999, 1, 0], 1_000_000);
  expect(places[1]?.width).toBe(1.2);
  expect(places[2]?.width).toBe(0);
  expect(places.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
  expect(layOut([], 0)).toEqual([]);
  expect(layOut([0, 0], 0).map(({ width }) => width)).toEqual([0, 0]);
});

it("goes on from what was picked in a list, though the address follows later, and takes what the address says", async () => {
  const picked: string[] = [];
  const options = ["a", "b", "c"].map((value) => ({ value, text: value }));
  const list = (value: string) => (
    <Select aria-label="Order" options={options} value={value} onPick={(one) => picked.push(one)} />
  );
  const { rerender } = render(list("a"));
  const select = screen.getByRole<HTMLSelectElement>("combobox", { name: "Order" });
  await userEvent.selectOptions(select, "b");
  expect([select.value, picked]).toEqual(["b", ["b"]]);
  rerender(list("c"));
  expect(select.value).toBe("c");
});

it("tells of what is in focus now, also where that changed while the code of tooltips was on its way", async () => {
  render(
    <>
      <button type="button" data-tip="the first">
        a
      </button>
      <button type="button" data-tip="the second">
        b
      </button>
      <Tooltips />
    </>,
  );
  await userEvent.tab();
  await userEvent.tab();
  expect((await screen.findByRole("tooltip")).textContent).toBe("the second");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});
