import { type Color, cssColor, type Shape } from '../../paint/index.js';
import { type Batch, FILL, type Look } from '../batch.js';
import { type Edges, intersectEdges, isEmptyEdges } from '../edges.js';
import type { TextAtlas } from './atlas.js';
import { type CanvasTextMeasure, deviceFont, prepareText, type TextExtent } from './measure.js';

type Text = Extract<Shape, { tag: 'text' }>;

/** What one text needs at every one of its cells. */
type Run = {
  readonly text: string;
  readonly font: string;
  /** CSS colour it is rasterised in, part of the key. */
  readonly ink: string;
  readonly look: Look;
  readonly extent: TextExtent;
};

/** A part of a text that is rasterised by itself: relative to the text's start on the baseline, and its name in the atlas. */
type Piece = { readonly edges: Edges; readonly key: string };

/** A text ready to be painted at a place in device px, as measured at `version`. */
type Prepared = {
  readonly version: number;
  readonly run: Run;
  readonly x: number;
  readonly y: number;
  readonly pieces: readonly Piece[];
};

/** A text larger than this is rasterised in pieces, only the visible ones. Device px. */
const PIECE_WIDTH = 512;
const PIECE_HEIGHT = 256;
const alignedShare = { left: 0, center: 0.5, right: 1 } as const;

const isLight = (c: Color): boolean => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] > 0.5;

/**
 * Black or white ink for coverage, since browsers make light text thinner than dark text; text with emoji is drawn in its own colour and
 * kept as a picture.
 */
const inkAndLook = (extent: TextExtent, color: Color): Pick<Run, 'ink' | 'look'> =>
  extent.hasOwnColors
    ? { ink: cssColor(color), look: { fill: FILL.picture, color } }
    : { ink: isLight(color) ? '#fff' : '#000', look: { fill: FILL.coverage, color } };

const piecesOf = ({ ink, font, text, extent }: Run): readonly Piece[] => {
  const { left, top, right, bottom } = extent;
  const pieces: Piece[] = [];
  for (let pieceTop = top; pieceTop < bottom; pieceTop += PIECE_HEIGHT) {
    for (let pieceLeft = left; pieceLeft < right; pieceLeft += PIECE_WIDTH) {
      const edges = {
        left: pieceLeft,
        top: pieceTop,
        right: Math.min(right, pieceLeft + PIECE_WIDTH),
        bottom: Math.min(bottom, pieceTop + PIECE_HEIGHT),
      };
      pieces.push({ edges, key: `${ink}\n${font}\n${pieceLeft} ${pieceTop}\n${text}` });
    }
  }
  return pieces;
};

/** Turns text shapes into quads over the atlas, rasterising what is new. What a shape needs is found once and kept with it. */
export class TextPainter {
  readonly #prepared = new WeakMap<Text, Prepared>();

  constructor(
    private readonly measure: CanvasTextMeasure,
    private readonly atlas: () => TextAtlas,
    private readonly batch: Batch,
    /** Draws the batch so far, so that the atlas can be cleared. */
    private readonly flush: () => void,
  ) {}

  paint(shape: Text): void {
    const known = this.#prepared.get(shape);
    const prepared = known?.version === this.measure.version ? known : this.#prepare(shape);
    const { run, x, y, pieces } = prepared;
    for (const piece of pieces) this.#paintPiece(run, piece, x, y);
  }

  /** Marks what the shape was painted with as in use. */
  touch(shape: Text): void {
    for (const { key } of this.#prepared.get(shape)?.pieces ?? []) this.atlas().touch(key);
  }

  #prepare(shape: Text): Prepared {
    const { measure } = this;
    const shown =
      shape.maxWidth === undefined ? shape.text : measure.fit(shape.text, shape.font, shape.maxWidth);
    const font = deviceFont(shape.font, measure.scale);
    const extent = measure.extent(shown, font);
    const run = { text: shown, font, extent, ...inkAndLook(extent, shape.color) };
    const prepared = {
      version: measure.version,
      run,
      x: Math.round(shape.at.x * measure.scale - extent.advance * alignedShare[shape.align]),
      y: Math.round(shape.at.y * measure.scale),
      pieces: extent.isBlank ? [] : piecesOf(run),
    };
    this.#prepared.set(shape, prepared);
    return prepared;
  }

  #paintPiece(run: Run, piece: Piece, x: number, y: number): void {
    const { left, top, right, bottom } = piece.edges;
    const at = { left: x + left, top: y + top, right: x + right, bottom: y + bottom };
    if (isEmptyEdges(intersectEdges(at, this.batch.clip))) return;
    const cell = this.#cell(run, piece) ?? this.#cellAfterClearing(run, piece);
    const local = { left: cell.x, top: cell.y, right: cell.x + cell.width, bottom: cell.y + cell.height };
    this.batch.quad(at, local, run.look);
  }

  #cell(run: Run, { edges, key }: Piece) {
    const size = { width: edges.right - edges.left, height: edges.bottom - edges.top };
    return this.atlas().cell(key, size, (context, x, y) => {
      prepareText(context, run.font, run.text);
      context.fillStyle = run.ink;
      context.fillText(run.text, x - edges.left, y - edges.top);
    });
  }

  #cellAfterClearing(run: Run, piece: Piece) {
    this.flush();
    this.atlas().clear();
    const cell = this.#cell(run, piece);
    if (!cell) throw new Error('An empty text atlas has no room for one piece of text.');
    return cell;
  }
}
