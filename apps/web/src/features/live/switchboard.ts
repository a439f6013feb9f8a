import type { StreamEventName } from "@spillway/contract/schemas";
import type { LiveTransport } from "./transport.ts";

/** What a page asks of the stream that all pages of a browser share. */
export type Order =
  | { kind: "join"; address: string; queues: readonly string[] }
  /** Nothing more is sent to this page. */
  | { kind: "leave" };

/** What it is told. */
export type News =
  | { kind: "opened" }
  | { kind: "broken" }
  | { kind: "event"; name: StreamEventName; data: string; id: string };

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
  readonly #members = new Set<Member>();
  #closeMain: (() => void) | null = null;
  #isOpen = false;
  /** What a page that joins late is greeted with. */
  #position: { epoch: string; seq: number } | null = null;
  #topics = "";
  #closeQueues: (() => void) | null = null;

  /** @param address The stream's, without topics. */
  constructor(transport: LiveTransport, address: string) {
    this.#transport = transport;
    this.#address = address;
  }

  /** Returns how to leave. */
  join(member: Member): () => void {
    this.#members.add(member);
    if (this.#closeMain === null) this.#closeMain = this.#openMain();
    else if (this.#isOpen) this.#greet(member);
    this.#followQueues();
    return () => {
      if (!this.#members.delete(member)) return;
      this.#followQueues();
      if (this.#members.size > 0) return;
      this.#closeMain?.();
      this.#closeMain = null;
      this.#isOpen = false;
      this.#position = null;
    };
  }

  #greet(member: Member): void {
    member.tell({ kind: "opened" });
    if (this.#position === null) return;
    const { epoch, seq } = this.#position;
    const data = JSON.stringify(this.#position);
    member.tell({ kind: "event", name: "hello", data, id: `${epoch}:${seq}` });
  }

  #openMain(): () => void {
    return this.#transport(this.#address, {
      opened: () => {
        this.#isOpen = true;
        this.#tellAll({ kind: "opened" });
      },
      broken: () => {
        this.#isOpen = false;
        this.#tellAll({ kind: "broken" });
      },
      event: (name, data, id) => {
        const at = id.lastIndexOf(":");
        if (at > 0) this.#position = { epoch: id.slice(0, at), seq: Number(id.slice(at + 1)) };
        this.#tellAll({ kind: "event", name, data, id });
      },
    });
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
    return this.#transport(address, {
      opened() {},
      broken() {},
      event: (name, data) => {
        if (name === "resync") return this.#tellAll({ kind: "event", name, data, id: "" });
        if (name !== "metrics") return;
        const { queue }: { queue: string } = JSON.parse(data);
        for (const member of this.#members)
          if (member.queues.includes(queue)) member.tell({ kind: "event", name, data, id: "" });
      },
    });
  }
}
