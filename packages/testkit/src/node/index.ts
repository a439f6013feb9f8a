export { findRedisServer, freePort, type RedisServer, type StartRedisOptions, startRedis } from "./redis.ts";
