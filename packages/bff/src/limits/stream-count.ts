/** How many streams are open, by person and by address. */
export class StreamCount {
  readonly #ofPeople = new Map<string, number>();
  readonly #ofNetworks = new Map<string, number>();
  readonly #mostOfPerson: number;
  readonly #mostOfNetwork: number;

  constructor(mostOfPerson: number, mostOfNetwork: number) {
    this.#mostOfPerson = mostOfPerson;
    this.#mostOfNetwork = mostOfNetwork;
  }

  /** Counts one; null where that is one too many. Returns what takes it out again, once. */
  open(person: string, network: string): (() => void) | null {
    if ((this.#ofPeople.get(person) ?? 0) >= this.#mostOfPerson) return null;
    if ((this.#ofNetworks.get(network) ?? 0) >= this.#mostOfNetwork) return null;
    add(this.#ofPeople, person, 1);
    add(this.#ofNetworks, network, 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      add(this.#ofPeople, person, -1);
      add(this.#ofNetworks, network, -1);
    };
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
