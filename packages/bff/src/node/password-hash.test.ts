import { expect, test } from "vitest";
import { hashPassword, isPasswordHash, verifyPassword } from "./password-hash.ts";

test("a password fits its own hash only, however its letters are composed", async () => {
  const hash = await hashPassword("Motörhead forever");
  expect(await verifyPassword("Motörhead forever".normalize("NFD"), hash)).toBe(true);
  expect(await verifyPassword("motörhead forever", hash)).toBe(false);
  expect(await verifyPassword("", hash)).toBe(false);
  expect(hash).not.toContain("forever");
});

test("the same password never has the same hash", async () => {
  expect(await hashPassword("correct horse")).not.toBe(await hashPassword("correct horse"));
});

test("nobody's password is never right", async () => {
  expect(await verifyPassword("correct horse", null)).toBe(false);
});

test.each([
  "",
  "correct horse",
  "$scrypt$ln=15,r=8,p=3$short$short",
  `$scrypt$ln=30,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`,
  `$scrypt$ln=9,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`,
  `$argon2id$v=19$m=65536$${"A".repeat(22)}$${"A".repeat(43)}`,
])("%j is no hash", async (text) => {
  expect(isPasswordHash(text)).toBe(false);
  expect(await verifyPassword("correct horse", text)).toBe(false);
});
