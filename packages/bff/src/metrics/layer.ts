import { type Row, Series, Timeline } from "./series.ts";

/** One tick of one queue, or of all together, wherever it is kept. */
export interface Place {
  timeline: Timeline;
  series: Series;
  tick: number;
}

/** What is kept of each queue and of all together at one distance between ticks. */
export class Layer {
  readonly timeline: Timeline;
  readonly total: Series;
  readonly #queues = new Map<string, Series>();

  constructor(samples: number) {
    this.timeline = new Timeline(samples);
    this.total = new Series(samples, 0);
  }

  /** Of a queue, or of all together (null). */
  series(queue: string | null): Series | undefined {
    return queue === null ? this.total : this.#queues.get(queue);
  }

  set(queue: string | null, tick: number, row: Row): void {
    (this.series(queue) ?? this.#open(queue ?? "", tick)).set(tick, row);
  }

  forget(queue: string): void {
    this.#queues.delete(queue);
  }

  get queues(): Iterable<string> {
    return this.#queues.keys();
  }

  get size(): number {
    return this.#queues.size;
  }

  #open(queue: string, tick: number): Series {
    const series = new Series(this.timeline.capacity, tick);
    this.#queues.set(queue, series);
    return series;
  }
}

/**
 * What is known of a stretch of time, oldest first, each part of it from the layer that tells it finest. Epoch ms, both ends
 * inclusive.
 * @param layers Finest first.
 */
export function placesIn(layers: readonly Layer[], queue: string | null, from: number, to: number): Place[] {
  const parts: Place[][] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const layer of layers) {
    const { timeline } = layer;
    const series = layer.series(queue);
    if (series !== undefined) parts.unshift(partOf(timeline, series, { from, to, before }));
    if (timeline.reaches(from)) break;
    before = timeline.at(timeline.first);
  }
  return parts.flat();
}

function partOf(
  timeline: Timeline,
  series: Series,
  span: { from: number; to: number; before: number },
): Place[] {
  const part: Place[] = [];
  for (let tick = Math.max(timeline.firstFrom(span.from), series.from); tick < timeline.next; tick++) {
    const at = timeline.at(tick);
    if (at > span.to || at >= span.before) break;
    part.push({ timeline, series, tick });
  }
  return part;
}

/** The finest layer that reaches back to a time; else the one that reaches furthest. */
export function layerReaching(layers: readonly Layer[], at: number): Layer | undefined {
  return layers.find(({ timeline }) => timeline.reaches(at)) ?? layers.at(-1);
}
