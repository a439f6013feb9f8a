import { createStore } from "../lib/store.ts";
import type { ApiError } from "./api-error.ts";

/** Whoever looks isn't known any more: what the server said; null while they are. */
export const sessionEnd = createStore<ApiError | null>(null);

/** Remembers that a request was refused because nobody is known. A login that failed is no end of anything. */
export function noteEnd(error: ApiError, url: string): void {
  if (error.code === "unauthenticated" && !url.endsWith("/api/session/login")) sessionEnd.set(error);
}
