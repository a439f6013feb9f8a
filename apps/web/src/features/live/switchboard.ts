import type { StreamEventName } from "@spillway/contract/schemas";
import type { LiveListener, LiveTransport } from "./transport.ts";

/** What a page asks of the stream that all pages of a browser share. */
export type Order =
  /** `anew`: it heard nothing for too long, so that the stream may be dead. */
  | { kind: "join"; address: string; queues: readonly string[]; anew: boolean }
  /** Nothing more is sent to this page. */
  | { kind: "leave" };

/** What it is told. */
export type News =
  | { kind: "opened" }
  | { kind: "broken" }
  | { kind: "refused" }
  | { kind: "event"; name: StreamEventName; data: string; id: string };

/** A stream that spoke so lately is not dead, whatever a page says that was asleep. Ms. */
const speaksMs = 5_000;

export interface Member {
  /** Whose metrics it wants beside what everybody gets. */
  queues: readonly string[];
  tell(news: News): void;
}

/**
 * One stream for all pages of a browser, and one more for the metrics of the queues that they show: over HTTP/1.1 a browser opens
 * six connections to a host, and with a stream of its own for each page the seventh would wait for ever.
 */
export class Switchboard {
  readonly #transport: LiveTransport;
  readonly #address: string;
  readonly #now: () => number;
  readonly #members = new Set<Member>();
  #closeMain: (() => void) | null = null;
  #isOpen = false;
  #heardAt = 0;
  /** What a page that joins late is greeted with. */
  #position: { epoch: string; seq: number } | null = null;
  #topics = "";
  #closeQueues: (() => void) | null = null;

  /** @param address The stream's, without topics. */
  constructor(transport: LiveTransport, address: string, now: () => number = Date.now) {
    this.#transport = transport;
    this.#address = address;
    this.#now = now;
  }

  /** Returns how to leave. `anew`: the stream is opened again if it is silent. */
  join(member: Member, anew: boolean): () => void {
    if (anew && this.#now() - this.#heardAt > speaksMs) this.#shut();
    this.#members.add(member);
    if (this.#closeMain === null) this.#closeMain = this.#openMain(anew);
    else if (this.#isOpen) this.#greet(member);
    this.#followQueues();
    return () => {
      if (!this.#members.delete(member)) return;
      this.#followQueues();
      if (this.#members.size === 0) this.#shut();
    };
  }

  #shut(): void {
    this.#closeMain?.();
    this.#closeQueues?.();
    this.#closeMain = this.#closeQueues = this.#position = null;
    this.#isOpen = false;
    this.#topics = "";
  }

  #greet(member: Member): void {
    member.tell({ kind: "opened" });
    if (this.#position === null) return;
    const { epoch, seq } = this.#position;
    const data = JSON.stringify(this.#position);
    member.tell({ kind: "event", name: "hello", data, id: `${epoch}:${seq}` });
  }

  #openMain(anew: boolean): () => void {
    const listener: LiveListener = {
      opened: () => {
        this.#isOpen = true;
        this.#heardAt = this.#now();
        this.#tellAll({ kind: "opened" });
      },
      broken: () => {
        this.#isOpen = false;
        this.#tellAll({ kind: "broken" });
      },
      refused: () => this.#tellAll({ kind: "refused" }),
      event: (name, data, id) => {
        this.#heardAt = this.#now();
        const at = id.lastIndexOf(":");
        if (at > 0) this.#position = { epoch: id.slice(0, at), seq: Number(id.slice(at + 1)) };
        this.#tellAll({ kind: "event", name, data, id });
      },
    };
    return this.#transport(this.#address, listener, anew);
  }

  #tellAll(news: News): void {
    for (const member of this.#members) member.tell(news);
  }

  /** Opened anew when other queues are shown; where it stands is no page's business. */
  #followQueues(): void {
    const queues = new Set([...this.#members].flatMap((member) => member.queues));
    const topics = [...queues].sort().map((queue) => ["topic", `queue:${queue}`]);
    const wanted = new URLSearchParams(topics).toString();
    if (wanted === this.#topics) return;
    this.#topics = wanted;
    this.#closeQueues?.();
    this.#closeQueues = wanted === "" ? null : this.#openQueues(`${this.#address}?${wanted}`);
  }

  #openQueues(address: string): () => void {
    const listener: LiveListener = {
      opened() {},
      broken() {},
      // Of the other stream pages hear the same.
      refused() {},
      event: (name, data) => {
        if (name === "resync") return this.#tellAll({ kind: "event", name, data, id: "" });
        if (name !== "metrics") return;
        const { queue }: { queue: string } = JSON.parse(data);
        for (const member of this.#members)
          if (member.queues.includes(queue)) member.tell({ kind: "event", name, data, id: "" });
      },
    };
    return this.#transport(address, listener, false);
  }
}
