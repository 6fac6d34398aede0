/** Makes changes of plain collections take back: the transactions of the memory storage. */
export class Undo {
  #steps: (() => void)[] | undefined;

  transaction<T>(run: () => T): T {
    if (this.#steps) throw new Error('a transaction inside of a transaction');
    const steps: (() => void)[] = [];
    this.#steps = steps;
    try {
      return run();
    } catch (error) {
      for (const step of steps.reverse()) step();
      throw error;
    } finally {
      this.#steps = undefined;
    }
  }

  set<K, V>(map: Map<K, V>, key: K, value: V): void {
    const before = map.get(key);
    const had = map.has(key);
    // Setting a key that is there keeps its place, so taking back does too.
    this.#remember(() => (had ? map.set(key, before as V) : map.delete(key)));
    map.set(key, value);
  }

  delete<K, V>(map: Map<K, V>, key: K): void {
    if (!map.has(key)) return;
    const before = [...map];
    this.#remember(() => {
      map.clear();
      for (const [k, v] of before) map.set(k, v);
    });
    map.delete(key);
  }

  push<T>(list: T[], value: T): void {
    this.#remember(() => list.pop());
    list.push(value);
  }

  add<T>(set: Set<T>, value: T): void {
    if (set.has(value)) return;
    this.#remember(() => set.delete(value));
    set.add(value);
  }

  remove<T>(set: Set<T>, value: T): void {
    if (!set.delete(value)) return;
    this.#remember(() => set.add(value));
  }

  assign<T, K extends keyof T>(target: T, field: K, value: T[K]): void {
    const before = target[field];
    this.#remember(() => {
      target[field] = before;
    });
    target[field] = value;
  }

  #remember(step: () => void): void {
    if (!this.#steps) throw new Error('a write outside of a transaction');
    this.#steps.push(step);
  }
}
