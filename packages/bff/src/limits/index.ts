export { createLimiter, type Limiter } from "./limiter.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
