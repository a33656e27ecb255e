/** What a view over plain arrays should hold, in the simplest way: whole copies of all data, one a step. */
export const samples = 12;

type Data = {
  boxes: number[][];
  kinds: number[];
  flags: boolean[];
  texts: string[];
  marks: number[][];
};
type Step = { readonly index: number; readonly before: string; readonly after: string };
type Point = readonly [number, number];

const frame = { width: 240, height: 180 };
/** Presses nearer to a box than this take hold of it. */
const clearance = 16;

export class NaiveModel {
  data: Data = {
    boxes: Array.from({ length: samples }, () => [0, 0, 0, 0]),
    kinds: Array.from({ length: samples }, () => -1),
    flags: Array.from({ length: samples }, () => false),
    texts: Array.from({ length: samples }, () => ''),
    marks: Array.from({ length: samples }, () => [0, 0, 0]),
  };
  index = 0;
  /** Edits, undos and redos so far. */
  steps = 0;
  #dirty = new Set<number>();
  #done: Step[] = [];
  #undone: Step[] = [];

  get state() {
    return { data: this.data, index: this.index, dirty: [...this.#dirty].sort((a, b) => a - b) };
  }

  go(index: number): void {
    this.index = index;
  }

  #edit(write: () => void): void {
    const before = JSON.stringify(this.data);
    write();
    const after = JSON.stringify(this.data);
    if (before === after) return;
    this.#done.push({ index: this.index, before, after });
    this.#undone = [];
    this.steps++;
    this.#dirty.add(this.index);
  }
  set<K extends keyof Data>(column: K, value: Data[K][number]): void {
    this.#edit(() => {
      this.data[column][this.index] = value;
    });
  }
  toggleFlag(): void {
    this.set('flags', !this.data.flags[this.index]);
  }
  toggleMark(row: number): void {
    this.set(
      'marks',
      this.data.marks[this.index]!.map((mark, i) => (i === row ? 1 - mark : mark)),
    );
  }
  undo(): void {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push(step);
    this.#put(step.index, step.before);
  }
  redo(): void {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push(step);
    this.#put(step.index, step.after);
  }
  #put(index: number, data: string): void {
    this.data = JSON.parse(data);
    this.index = index;
    this.steps++;
    this.#dirty.add(index);
  }
  save(): void {
    this.#dirty.clear();
  }

  /** A drag that draws a box, away from the one that is there, or one that moves it by its middle. Null: there is no room. */
  drawing(below: (n: number) => number): { from: Point; to: Point; done: () => void } | null {
    const [x, y, w, h] = this.data.boxes[this.index] as [number, number, number, number];
    const middle: Point = [Math.round(x + w / 2), Math.round(y + h / 2)];
    if (w > 60 && h > 60 && below(2)) {
      const dx = below(41) - 20;
      const dy = below(41) - 20;
      const isInside = x + dx >= 0 && y + dy >= 0 && x + dx + w <= frame.width && y + dy + h <= frame.height;
      if (!isInside || Math.hypot(dx, dy) < 8) return null;
      return {
        from: middle,
        to: [middle[0] + dx, middle[1] + dy],
        done: () => this.set('boxes', [x + dx, y + dy, w, h]),
      };
    }
    const from: Point = [10 + below(160), 10 + below(100)];
    const to: Point = [from[0] + 20 + below(40), from[1] + 20 + below(40)];
    const isNear =
      w > 0 &&
      from[0] > x - clearance &&
      from[0] < x + w + clearance &&
      from[1] > y - clearance &&
      from[1] < y + h + clearance;
    if (isNear) return null;
    return { from, to, done: () => this.set('boxes', [...from, to[0] - from[0], to[1] - from[1]]) };
  }
}
