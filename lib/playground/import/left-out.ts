import { amount } from "./imported-document";

/** Counts what an import cannot keep, and says so. */
export class LeftOut {
  private readonly counts = new Map<string, { many: string; count: number }>();

  add(one: string, many = `${one}s`): void {
    const known = this.counts.get(one);
    if (known) known.count++;
    // Kinds are named by the file; a file of a thousand kinds is no help to anybody.
    else if (this.counts.size < 20) this.counts.set(one.slice(0, 60), { many: many.slice(0, 61), count: 1 });
  }

  notes(): string[] {
    const said = [...this.counts].map(([one, { many, count }]) => amount(count, one, many));
    return said.length === 0 ? [] : [`Left out: ${said.join(", ")}.`];
  }
}
