/** A form on the page. Each step may ask for an animation frame; its time counts. `round` counts up. */
export interface Contestant {
  /** One value changes. */
  change(round: number): void;
  /** A frame is run and nothing changed: the pointer moves over empty space. */
  rest?(round: number): void;
  /** The pointer moves from control to control. */
  hover?(round: number): void;
  /** Parts of the script time since the last call, in ms, and other figures of the last frame. */
  parts?(): Readonly<Record<string, number>>;
  dispose(): void;
}

/** Makes it, its first frame drawn. */
export type Maker = (host: HTMLElement) => Contestant | Promise<Contestant>;
