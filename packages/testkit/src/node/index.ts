export { type Caddy, findCaddy, type StartCaddyOptions, startCaddy } from "./caddy.ts";
export { selfSigned } from "./certificate.ts";
export { CHROMIUM_FLAGS, findChromium } from "./chromium.ts";
export { endWithUs } from "./end-with-us.ts";
export { findProgram } from "./find-program.ts";
export { fuzzedRequests } from "./fuzzed-requests.ts";
export { findNginx, type StartNginxOptions, startNginx } from "./nginx.ts";
export { type RawReply, sendRaw } from "./raw-http.ts";
export { findRedisServer, freePort, type RedisServer, type StartRedisOptions, startRedis } from "./redis.ts";
export {
  type RedisCluster,
  type SentinelGroup,
  startRedisCluster,
  startSentinelGroup,
} from "./redis-groups.ts";
export { startTurnCounter, type TurnCounter } from "./turn-counter.ts";
