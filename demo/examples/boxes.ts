import { BoxLayerInnotation, ImageInnotation, Innotater, Innotation, type Ui } from 'innotater';
import { cellKinds, drawSlide } from '../samples/cells.js';

const { picture, boxes, kinds, scores } = drawSlide(100_000, 7);

// One sample: a flat array of x, y, w, h, and a class and a score for each box.
const cells = new BoxLayerInnotation([boxes], {
  name: 'cells',
  desc: 'Cells',
  classData: [kinds],
  classes: cellKinds,
  scores: [scores],
});

/** Checkboxes for the kinds and a slider for the score, drawn by the kit like all else. */
class Sieve extends Innotation {
  readonly kind = 'Sieve';
  readonly length = null;
  readonly #shown = new Set(cellKinds.keys());
  #least = 0;

  build(ui: Ui): void {
    ui.column(this.name, { label: 'Which cells' }, () => {
      cellKinds.forEach((label, i) => {
        const checked = ui.checkbox(label, this.#shown.has(i), { label });
        if (checked === undefined) return;
        if (checked) this.#shown.add(i);
        else this.#shown.delete(i);
        this.#apply();
      });
      const valueText = (this.#least / 100).toFixed(2);
      ui.label('least', `Score from ${valueText}`);
      const least = ui.slider('score', this.#least, { label: 'Least score', min: 0, max: 100, valueText });
      if (least === undefined) return;
      this.#least = least;
      this.#apply();
    });
  }

  #apply(): void {
    cells.filter = { classes: [...this.#shown], minScore: this.#least / 100 };
  }
}

export const view = new Innotater(
  new ImageInnotation([picture], { name: 'slide', desc: 'Slide', width: 720 }),
  [cells, new Sieve({ name: 'sieve' })],
  { label: 'Slide' },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
