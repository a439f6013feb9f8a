import type { JobTarget } from "@spillway/engine";

/** One block's worth of jobs; also how many a line of the operations file holds. */
export const BLOCK = 500;
/** Blocks kept unpacked: jobs are mostly asked for in their order. */
const UNPACKED = 2;
/** Blocks looked through before others get a turn of the event loop. */
const BLOCKS_PER_TURN = 200;

/** Jobs side by side, in one order. A version is null where whoever froze it did not know one. */
export interface JobBlock {
  ids: string[];
  versions: (string | null)[];
}

/**
 * Which jobs are meant, each at the version it had: once frozen, nothing that happens in the queue adds to them. Packed,
 * because a million of them as objects take 170 MB, and so 50. A job also belongs to a numbered group.
 */
export class FrozenJobs {
  readonly #blocks: Uint8Array[] = [];
  #open: JobBlock = { ids: [], versions: [] };
  #groups = new Uint16Array(BLOCK);
  #size = 0;
  readonly #unpacked = new Map<number, JobBlock>();

  add(id: string, version: string | null, group: number): void {
    this.#open.ids.push(id);
    this.#open.versions.push(version);
    if (this.#size === this.#groups.length) this.#groups = doubled(this.#groups);
    this.#groups[this.#size++] = group;
    if (this.#open.ids.length < BLOCK) return;
    this.#blocks.push(pack(this.#open));
    this.#open = { ids: [], versions: [] };
  }

  get size(): number {
    return this.#size;
  }

  /** The group of each job, in their order. */
  get groups(): Uint16Array {
    return this.#groups.subarray(0, this.#size);
  }

  /** The jobs at these positions; each is to be acted on only if it is still at its version. */
  targets(positions: ArrayLike<number>): JobTarget[] {
    return Array.from(positions, (position) => this.#at(position));
  }

  id(position: number): string {
    return this.#at(position).id;
  }

  /** The position of a job, -1 if it is not among them. Looks through all: for a few searches by people. */
  async indexOf(id: string): Promise<number> {
    const written = JSON.stringify(id);
    for (const [at, packed] of this.#blocks.entries()) {
      if (at % BLOCKS_PER_TURN === BLOCKS_PER_TURN - 1)
        await new Promise((resolve) => setTimeout(resolve, 0));
      if (!decoder.decode(packed).includes(written)) continue;
      const found = unpack(packed).ids.indexOf(id);
      if (found >= 0) return at * BLOCK + found;
    }
    const found = this.#open.ids.indexOf(id);
    return found < 0 ? -1 : this.#blocks.length * BLOCK + found;
  }

  /** All of them, in their order. */
  *blocks(): Generator<JobBlock> {
    for (const packed of this.#blocks) yield unpack(packed);
    if (this.#open.ids.length > 0) yield this.#open;
  }

  #at(position: number): JobTarget {
    const block = this.#block(Math.floor(position / BLOCK));
    const id = block.ids[position % BLOCK];
    if (id === undefined) throw new RangeError(`There is no frozen job at ${position}.`);
    const version = block.versions[position % BLOCK] ?? null;
    return version === null ? { id } : { id, expectVersion: version };
  }

  #block(index: number): JobBlock {
    const packed = this.#blocks[index];
    if (packed === undefined) return this.#open;
    const known = this.#unpacked.get(index);
    if (known !== undefined) return known;
    const block = unpack(packed);
    this.#unpacked.set(index, block);
    if (this.#unpacked.size > UNPACKED)
      for (const oldest of this.#unpacked.keys().take(1)) this.#unpacked.delete(oldest);
    return block;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function pack({ ids, versions }: JobBlock): Uint8Array {
  return encoder.encode(JSON.stringify([ids, versions]));
}

function unpack(packed: Uint8Array): JobBlock {
  // Written by pack, above, and by nobody else.
  const [ids, versions]: [string[], (string | null)[]] = JSON.parse(decoder.decode(packed));
  return { ids, versions };
}

function doubled(groups: Uint16Array): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(groups.length * 2);
  larger.set(groups);
  return larger;
}
