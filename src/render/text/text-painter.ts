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

/** Turns text shapes into quads over the atlas, rasterising what is new. */
export class TextPainter {
  constructor(
    private readonly measure: CanvasTextMeasure,
    private readonly atlas: TextAtlas,
    private readonly batch: Batch,
    /** Draws the batch so far, so that the atlas can be cleared. */
    private readonly flush: () => void,
  ) {}

  paint(shape: Text): void {
    const { measure } = this;
    const shown =
      shape.maxWidth === undefined ? shape.text : measure.fit(shape.text, shape.font, shape.maxWidth);
    const font = deviceFont(shape.font, measure.scale);
    const extent = measure.extent(shown, font);
    if (extent.isBlank) return;
    const x = Math.round(shape.at.x * measure.scale - extent.advance * alignedShare[shape.align]);
    const y = Math.round(shape.at.y * measure.scale);
    this.#paintPieces({ text: shown, font, extent, ...inkAndLook(extent, shape.color) }, x, y);
  }

  #paintPieces(run: Run, x: number, y: number): void {
    const { left, top, right, bottom } = run.extent;
    for (let pieceTop = top; pieceTop < bottom; pieceTop += PIECE_HEIGHT) {
      for (let pieceLeft = left; pieceLeft < right; pieceLeft += PIECE_WIDTH) {
        const piece = {
          left: pieceLeft,
          top: pieceTop,
          right: Math.min(right, pieceLeft + PIECE_WIDTH),
          bottom: Math.min(bottom, pieceTop + PIECE_HEIGHT),
        };
        this.#paintPiece(run, piece, x, y);
      }
    }
  }

  /** `piece` is relative to the text's start on the baseline, which lies at (x, y). */
  #paintPiece(run: Run, piece: Edges, x: number, y: number): void {
    const at = {
      left: x + piece.left,
      top: y + piece.top,
      right: x + piece.right,
      bottom: y + piece.bottom,
    };
    if (isEmptyEdges(intersectEdges(at, this.batch.clip))) return;
    const cell = this.#cell(run, piece) ?? this.#cellAfterClearing(run, piece);
    const local = { left: cell.x, top: cell.y, right: cell.x + cell.width, bottom: cell.y + cell.height };
    this.batch.quad(at, local, run.look);
  }

  #cell(run: Run, piece: Edges) {
    const size = { width: piece.right - piece.left, height: piece.bottom - piece.top };
    const key = `${run.ink}\n${run.font}\n${piece.left} ${piece.top}\n${run.text}`;
    return this.atlas.cell(key, size, (context, x, y) => {
      prepareText(context, run.font, run.text);
      context.fillStyle = run.ink;
      context.fillText(run.text, x - piece.left, y - piece.top);
    });
  }

  #cellAfterClearing(run: Run, piece: Edges) {
    this.flush();
    this.atlas.clear();
    const cell = this.#cell(run, piece);
    if (!cell) throw new Error('An empty text atlas has no room for one piece of text.');
    return cell;
  }
}
