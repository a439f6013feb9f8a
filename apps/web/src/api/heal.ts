import { ApiError } from "./api-error.ts";

/** How soon a read that failed is tried again by itself, ms. */
const soon = 3000;

/** For `refetchInterval`: what could not be answered is asked again; what was refused is not. */
export const healEvery = (error: Error | null): number | false =>
  error === null || (error instanceof ApiError && error.status < 500) ? false : soon;
