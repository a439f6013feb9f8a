import { createRedactor } from "@spillway/bff/redaction";
import { compose } from "../compose.ts";
import { createLogger } from "../logger.ts";
import { embeddedConfig } from "./embedded-config.ts";
import { mount } from "./mount.ts";
import type { CreateSpillway } from "./public-types.ts";

/** A console to mount in another application. */
export const createSpillway: CreateSpillway = async (options) => {
  const config = embeddedConfig(options);
  const log = options.log ?? createLogger(process.stderr, Date.now, createRedactor(config.redaction));
  return mount(await compose(config, log), config.basePath, log);
};
