import "server-only";

/** What was used last, up to a weight in all. */
export class Recent<T> {
  private readonly items = new Map<string, { item: T; weight: number }>();
  private weight = 0;

  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    const found = this.items.get(key);
    if (!found) return undefined;
    this.items.delete(key);
    this.items.set(key, found);
    return found.item;
  }

  set(key: string, item: T, weight: number): void {
    this.remove(key);
    this.items.set(key, { item, weight });
    this.weight += weight;
    for (const oldest of this.items.keys()) {
      if (this.weight <= this.most || oldest === key) break;
      this.remove(oldest);
    }
  }

  remove(key: string): void {
    const found = this.items.get(key);
    if (!found) return;
    this.items.delete(key);
    this.weight -= found.weight;
  }
}
