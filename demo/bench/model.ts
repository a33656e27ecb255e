/** Names of figures; the end of each says its unit. Times and frames are the less the better, as everything here is. */
export type FigureName =
  | 'frameMs'
  | 'frameP95Ms'
  | 'beatMs'
  | 'beatP95Ms'
  | 'scriptMs'
  | 'longestTaskMs'
  | 'firstMs'
  | 'firstP95Ms'
  | 'sharpMs'
  | 'sharpP95Ms'
  | 'decodeMs'
  | 'readMs'
  | 'readP95Ms'
  | 'framesP95'
  | 'heldMB'
  | 'texturesMB'
  | 'decodedMB'
  | 'heapGrowthMB'
  | 'busyWorkers';

/** Innotater in the heat of a scene in which everyone runs, where it ran by itself before. */
export const besidePeers = 'Innotater, beside the others';
/** In a heat with one other. */
export const beside = (name: string): string => `Innotater, beside ${name}`;

/** What one contestant did in one scene. A contestant that could not is there as well, with the reason. */
export type Row = {
  readonly scene: string;
  readonly contestant: string;
  readonly figures: { readonly [name in FigureName]?: number };
  /** How often it was measured. */
  readonly rounds: number;
  /** What a reader must know, or why there are no figures. */
  readonly note?: string;
};

/** What a scene gets. It draws into `host` alone and leaves it empty. */
export type SceneContext = {
  readonly host: HTMLElement;
  /** Fewer rounds and smaller data, to look whether everything runs; the figures are no results. */
  readonly quick: boolean;
  /** What the person chose; empty where nothing was. */
  readonly files: readonly File[];
  readonly signal: AbortSignal;
  /** Says what is going on, with the part of the scene that is done, 0…1. */
  say(part: number, text: string): void;
};

export type Scene = {
  readonly name: string;
  readonly title: string;
  /** What is done, and who complained of it. */
  readonly about: string;
  /** Scenes that only make sense on files that the person chose. */
  readonly needsFiles?: true;
  run(context: SceneContext): Promise<readonly Row[]>;
};
