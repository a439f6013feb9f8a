import type { Operation as OperationView } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { LiveHub } from "../seams.ts";
import type { Operation } from "./operation.ts";

/** How often one operation is told about at most. Ms. */
const APART_MS = 250;

/** Tells those who look how operations go: at once if that was not just done, else soon. */
export class Announcer implements Disposable {
  readonly #clock: Clock;
  readonly #hub: LiveHub;
  readonly #view: (operation: Operation) => OperationView;
  readonly #last = new Map<string, number>();
  readonly #due = new Map<string, () => void>();

  constructor(clock: Clock, hub: LiveHub, view: (operation: Operation) => OperationView) {
    this.#clock = clock;
    this.#hub = hub;
    this.#view = view;
  }

  moved(operation: Operation): void {
    const { id } = operation;
    if (this.#due.has(id)) return;
    const ms = (this.#last.get(id) ?? Number.NEGATIVE_INFINITY) + APART_MS - this.#clock.now();
    if (ms <= 0) this.#tell(operation);
    else
      this.#due.set(
        id,
        this.#clock.after(ms, () => this.#tell(operation)),
      );
  }

  forget(id: string): void {
    this.#due.get(id)?.();
    this.#due.delete(id);
    this.#last.delete(id);
  }

  [Symbol.dispose](): void {
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
  }

  #tell(operation: Operation): void {
    this.#due.delete(operation.id);
    this.#last.set(operation.id, this.#clock.now());
    this.#hub.publish("operation", this.#view(operation));
  }
}
