import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPath, buildQuery, encodeSegment, unshield } from "./paths.ts";
import { schemas } from "./schemas/index.ts";
import { type Endpoint, type EndpointName, endpoints } from "./table/index.ts";

describe("paths", () => {
  test("every text survives the trip through a URL parser as one segment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        const path = new URL(`http://x/a/${encodeSegment(name)}/b`).pathname.split("/");
        expect(path).toHaveLength(4);
        expect(unshield(decodeURIComponent(path[2] ?? ""))).toBe(name.toWellFormed());
      }),
    );
  });

  test.each([".", "..", "~", "~.", "a/b", "a?b#c", "100%", "日本", "a b"])("%s is one segment", (name) => {
    const url = new URL(`http://x${buildPath("getJob", { queue: name, job_id: name })}`);
    expect(url.pathname.split("/")).toHaveLength(6);
    expect(url.search + url.hash).toBe("");
  });

  test("queries leave out what is not set and repeat lists", () => {
    expect(buildQuery({ a: 1, b: undefined, c: "", d: ["x", "y"], e: null })).toBe("?a=1&d=x&d=y");
    expect(buildQuery({})).toBe("");
  });

  test("every endpoint has schemas, and what is posted has a body", () => {
    expect(Object.keys(schemas).sort()).toEqual(Object.keys(endpoints).sort());
    for (const [name, schema] of Object.entries(schemas)) {
      const endpoint: Endpoint = endpoints[name as EndpointName];
      expect("body" in schema, name).toBe(endpoint.method === "POST");
    }
  });
});
