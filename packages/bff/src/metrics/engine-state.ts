import type { EngineStatus } from "@spillway/contract/schemas";
import { EngineError } from "@spillway/engine";
import { isoOrNull } from "./wire-time.ts";

/** Whether the engine answers, as the ticks found it. */
export class EngineState {
  #lastOkAt: number | null = null;
  #error: EngineError | null = new EngineError("unavailable", "The engine has not answered yet.");

  /** True if it did not answer before. */
  ok(at: number): boolean {
    const turned = this.#error !== null;
    this.#lastOkAt = at;
    this.#error = null;
    return turned;
  }

  /** True if it answered before, or failed for another reason. */
  failed(error: unknown): boolean {
    const now =
      error instanceof EngineError
        ? error
        : new EngineError("unavailable", "The engine's answer could not be used.", { source: error });
    const turned = this.#error?.reason !== now.reason || this.#error?.message !== now.message;
    this.#error = now;
    return turned;
  }

  /** Why there is nothing to show. */
  get error(): EngineError {
    return this.#error ?? new EngineError("unavailable", "The engine has not answered yet.");
  }

  get isDown(): boolean {
    return this.#error !== null;
  }

  status(): EngineStatus {
    return {
      status: this.isDown ? "down" : "ok",
      cause: this.#error?.reason ?? null,
      detail: this.#error?.message ?? null,
      last_ok_at: isoOrNull(this.#lastOkAt),
    };
  }
}
