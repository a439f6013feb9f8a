import { expect, it } from "vitest";
import { nameEntry } from "./own-entry.ts";

function entry(state: unknown) {
  const history = {
    state,
    replaceState(next: unknown) {
      history.state = next;
    },
  };
  return history;
}

it("names each address that was opened, once", () => {
  const [one, other] = [entry(null), entry(null)];
  nameEntry(one);
  nameEntry(other);
  expect(one.state).toMatchObject({ key: expect.stringMatching(/^[a-z0-9]+$/) });
  expect(other.state).not.toEqual(one.state);
  const before = one.state;
  nameEntry(one);
  expect(one.state).toBe(before);
});

it("leaves what is kept of an entry beside its name", () => {
  const history = entry({ idx: 3 });
  nameEntry(history);
  expect(history.state).toMatchObject({ idx: 3, key: expect.any(String) });
});
