import { expect, it } from "vitest";
import {
  choiceField,
  countField,
  flagField,
  maybeField,
  textField,
  timeField,
  urlState,
} from "./url-state.ts";

const jobs = urlState({
  state: maybeField(["failed", "active"]),
  q: textField(),
  sort: choiceField(["newest", "oldest"], "newest"),
  page: countField(1),
  size: countField(50, 200),
  destructive: flagField(),
  from: timeField(),
});
const parse = (text: string) => jobs.parse(new URLSearchParams(text));

it("reads what the URL says and fills in the rest", () => {
  expect(parse("state=active&q=tenant-88&page=3")).toEqual({
    value: {
      state: "active",
      q: "tenant-88",
      sort: "newest",
      page: 3,
      size: 50,
      destructive: false,
      from: null,
    },
    fellBack: [],
  });
});

it("lets a bad field fall back alone and says which", () => {
  const { value, fellBack } = parse("state=burning&page=-1&size=900&from=yesterday&q=x&destructive=true");
  expect(value).toMatchObject({ state: null, page: 1, size: 50, from: null, q: "x", destructive: true });
  expect(fellBack.map((one) => one.field)).toEqual(["state", "page", "size", "from"]);
});

it("leaves defaults out of the URL", () => {
  expect(jobs.print({ state: "failed", sort: "newest", page: 1, q: "a&b" })).toBe("?state=failed&q=a%26b");
  expect(jobs.print({ page: 1 })).toBe("");
});

it("reads back what it printed", () => {
  const value = {
    state: "failed",
    q: "ü %",
    sort: "oldest",
    page: 9,
    size: 10,
    destructive: true,
    from: "2026-11-23T00:00:00.000Z",
  } as const;
  expect(parse(jobs.print(value)).value).toEqual(value);
});
