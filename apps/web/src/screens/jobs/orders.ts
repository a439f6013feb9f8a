import type { JobsSearch } from "./jobs-search.ts";

const orders = [
  { value: "newest", text: "Newest first" },
  { value: "oldest", text: "Oldest first" },
];

/** Jobs of any state come one state after another. */
const mixedOrders = [
  { value: "newest", text: "By state, newest first" },
  { value: "oldest", text: "By state, oldest first" },
];

/** Of what runs, the oldest is what may be stuck. */
const activeOrders = [
  { value: "newest", text: "Newest first" },
  { value: "oldest", text: "Longest running first" },
];

export const ordersOf = (state: JobsSearch["state"]) =>
  state === null ? mixedOrders : state === "active" ? activeOrders : orders;

/** The order as the list of them names it. */
export const orderWords = ({ state, sort }: JobsSearch): string =>
  ordersOf(state).find(({ value }) => value === sort)?.text ?? "";

/** Who turns to what is active looks for what is stuck; elsewhere the newest tell most. */
export const orderFor = (state: JobsSearch["state"], now: JobsSearch): JobsSearch["sort"] => {
  if (state === now.state) return now.sort;
  if (state === "active") return "oldest";
  return now.state === "active" ? "newest" : now.sort;
};
