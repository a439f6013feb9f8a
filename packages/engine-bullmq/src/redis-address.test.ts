import { describe, expect, it } from "vitest";
import { parseRedisAddress, redisName, withoutLogin } from "./redis-address.ts";
import { redisFault } from "./redis-options.ts";

describe("the address of a Redis", () => {
  it("is one server's as the driver takes it", () => {
    const url = "rediss://ops:p%40ss@redis.example:6380/3?family=6";
    expect(parseRedisAddress(url)).toEqual({ kind: "single", url });
    expect(redisName(url)).toBe("Redis at redis.example:6380/3");
  });

  it("is that of sentinels, who know the primary", () => {
    expect(
      parseRedisAddress(
        "rediss+sentinel://ops:p%40%2Fss@a.example:26379,[::1],b.example/shop/2?sentinel_password=s%26t",
      ),
    ).toEqual({
      kind: "sentinel",
      nodes: [
        { host: "a.example", port: 26_379 },
        { host: "::1", port: 26_379 },
        { host: "b.example", port: 26_379 },
      ],
      tls: true,
      username: "ops",
      password: "p@/ss",
      sentinelPassword: "s&t",
      primary: "shop",
      db: 2,
    });
    expect(redisName("redis+sentinel://:pw@a,[::1]:1/shop")).toBe(
      "Redis shop/0 by sentinels at a:26379,[::1]:1",
    );
  });

  it("is that of a cluster, which needs a prefix with a hash tag", () => {
    const url = "redis+cluster://:pw@a:7000,b";
    expect(parseRedisAddress(url)).toMatchObject({
      kind: "cluster",
      nodes: [
        { host: "a", port: 7000 },
        { host: "b", port: 6379 },
      ],
      password: "pw",
    });
    expect(redisName(url)).toBe("Redis cluster at a:7000,b:6379");
    expect(redisFault(url, "bull")).toContain("{bull}");
    expect(redisFault(url, "{bull}")).toBeNull();
    expect(redisFault(url, "{}bull")).not.toBeNull();
    expect(redisFault("redis://a", "bull")).toBeNull();
  });

  it.each([
    "",
    "redis://",
    "http://a",
    "redis+sentinel://a:26379",
    "redis+sentinel://a,/shop",
    "redis+sentinel://a/shop/x",
    "redis+sentinel://a/shop/0/1",
    "redis+sentinel://a/shop?password=x",
    "redis+sentinel://a:0/shop",
    "redis+sentinel://a:70000/shop",
    "redis+sentinel://%zz@a/shop",
    "redis+cluster://a/1",
    "redis+cluster://a:1:2",
  ])("is none: %s", (text) => {
    expect(parseRedisAddress(text)).toBeNull();
    expect(redisName(text)).toBe("Redis");
  });

  it("is shown without users, passwords and what follows a question mark", () => {
    expect(withoutLogin("redis://ops:sec@ret@host:6379/0?x=y")).toBe("redis://host:6379/0");
    expect(withoutLogin("redis://host:6379/")).toBe("redis://host:6379");
    expect(withoutLogin("redis+sentinel://:secret@a:1,b:2/shop?sentinel_password=secret")).toBe(
      "redis+sentinel://a:1,b:2/shop",
    );
  });
});
