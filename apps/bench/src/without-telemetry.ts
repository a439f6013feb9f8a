import { registerHooks } from "node:module";

/** What of the composition is about telemetry, and what stands there where nobody ever thought of it. */
const CUTS: readonly [part: RegExp, rest: string][] = [
  [/^import \{ startTelemetry \} .*$/m, ""],
  [/^ *const telemetry = .*$/m, ""],
  [/^ *\.\.\.\(telemetry === null \? .*$/m, ""],
  [/telemetry\?\.engine\(engine\) \?\? engine/, "engine"],
  [/telemetry\?\.fetch\(config\.basePath, front\) \?\? front/, "front"],
  [/^ *await telemetry\?\.\[Symbol\.asyncDispose\]\(\);$/m, ""],
];

/** Loaded ahead of a console that runs from its sources: it is composed without the code that telemetry needs. */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/apps/spillway/src/compose.ts")) return loaded;
    const text = new TextDecoder().decode(
      typeof loaded.source === "string"
        ? new TextEncoder().encode(loaded.source)
        : (loaded.source ?? undefined),
    );
    const source = CUTS.reduce((rest, [part, instead]) => rest.replace(part, instead), text);
    if (/telemetry/i.test(source))
      throw new Error("compose.ts has telemetry in a place that is not known here.");
    return { ...loaded, source };
  },
});
