/** What is left of the work that may be spent; a search stops when it is used up. */
export interface Budget {
  steps: number;
}

/** Which elements of the first sequence go and which of the second come. */
export interface EditScript {
  removed: Uint8Array;
  added: Uint8Array;
}

interface Split {
  x: number;
  y: number;
  u: number;
  v: number;
}

class Comparison {
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  private readonly zero: number;
  readonly script: EditScript;

  constructor(
    private readonly a: Int32Array,
    private readonly b: Int32Array,
    private readonly budget: Budget,
  ) {
    this.zero = Math.ceil((a.length + b.length) / 2) + 1;
    this.forward = new Int32Array(2 * this.zero + 2);
    this.backward = new Int32Array(2 * this.zero + 2);
    this.script = { removed: new Uint8Array(a.length), added: new Uint8Array(b.length) };
  }

  /** False when the budget was too small. */
  run(): boolean {
    const boxes: [number, number, number, number][] = [[0, this.a.length, 0, this.b.length]];
    for (let box = boxes.pop(); box; box = boxes.pop()) {
      let [aLow, aHigh, bLow, bHigh] = box;
      while (aLow < aHigh && bLow < bHigh && this.a[aLow] === this.b[bLow]) {
        aLow++;
        bLow++;
      }
      while (aLow < aHigh && bLow < bHigh && this.a[aHigh - 1] === this.b[bHigh - 1]) {
        aHigh--;
        bHigh--;
      }
      if (aLow === aHigh || bLow === bHigh) {
        this.script.removed.fill(1, aLow, aHigh);
        this.script.added.fill(1, bLow, bHigh);
        continue;
      }
      const split = this.middle(aLow, aHigh, bLow, bHigh);
      if (!split) return false;
      boxes.push([aLow, aLow + split.x, bLow, bLow + split.y]);
      boxes.push([aLow + split.u, aHigh, bLow + split.v, bHigh]);
    }
    return true;
  }

  /**
   * The middle snake of a shortest edit script, searched from both ends: Myers, "An O(ND) difference
   * algorithm and its variations", 1986, section 4b. Null when the budget is used up.
   */
  private middle(aLow: number, aHigh: number, bLow: number, bHigh: number): Split | null {
    const { a, b, forward, backward, zero } = this;
    const n = aHigh - aLow;
    const m = bHigh - bLow;
    const delta = n - m;
    const odd = (delta & 1) !== 0;
    forward[zero + 1] = 0;
    backward[zero + 1] = 0;
    for (let d = 0; ; d++) {
      const lowest = -(d - 2 * Math.max(0, d - m));
      const highest = d - 2 * Math.max(0, d - n);
      let steps = highest - lowest + 2;
      for (let k = lowest; k <= highest; k += 2) {
        const x0 = furthest(forward, zero + k, k === -d, k === d);
        let x = x0;
        let y = x - k;
        while (x < n && y < m && a[aLow + x] === b[bLow + y]) {
          x++;
          y++;
        }
        steps += x - x0;
        forward[zero + k] = x;
        const met = delta - k;
        if (odd && met > -d && met < d && x + at(backward, zero + met) >= n)
          return { x: x0, y: x0 - k, u: x, v: y };
      }
      for (let k = lowest; k <= highest; k += 2) {
        const x0 = furthest(backward, zero + k, k === -d, k === d);
        let x = x0;
        let y = x - k;
        while (x < n && y < m && a[aHigh - 1 - x] === b[bHigh - 1 - y]) {
          x++;
          y++;
        }
        steps += x - x0;
        backward[zero + k] = x;
        const met = delta - k;
        if (!odd && met >= -d && met <= d && x + at(forward, zero + met) >= n)
          return { x: n - x, y: m - y, u: n - x0, v: m - (x0 - k) };
      }
      this.budget.steps -= steps;
      if (this.budget.steps < 0) return null;
    }
  }
}

// The compiler cannot know that the index is within the array.
function at(reached: Int32Array, index: number): number {
  return reached[index] ?? 0;
}

function furthest(reached: Int32Array, index: number, first: boolean, last: boolean): number {
  const below = at(reached, index - 1);
  const above = at(reached, index + 1);
  return first || (!last && below < above) ? above : below + 1;
}

/** A shortest edit script, or null when finding it would cost more than the budget. Takes from the budget. */
export function editScript(a: Int32Array, b: Int32Array, budget: Budget): EditScript | null {
  const comparison = new Comparison(a, b, budget);
  return comparison.run() ? comparison.script : null;
}
