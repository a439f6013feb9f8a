import type { ErrorShape, Query } from "@spillway/contract/schemas";
import { choiceField, textField, timeField, type UrlValue, urlState } from "../../lib/url-state.ts";

const fields = {
  task: textField(),
  from: timeField(),
  to: timeField(),
  /** The shape whose samples are open. */
  shape: textField(64),
  /** How many of its samples are shown. */
  samples: choiceField(["few", "all"], "few"),
  view: choiceField(["cards", "matrix"], "cards"),
};
export const dlqSearch = urlState(fields);
export type DlqSearch = UrlValue<typeof fields>;

/** The shape whose samples are open: the one that is named, else the commonest. */
export const openIn = (shapes: readonly ErrorShape[], { shape }: DlqSearch): ErrorShape | undefined =>
  shape === "none" ? undefined : (shapes.find(({ id }) => id === shape) ?? shapes[0]);

export function askedOf({ task, from, to }: DlqSearch): Query<"getShapes"> {
  return {
    ...(task === "" ? {} : { task }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}
