import { openParquet, zarrColumn } from '../../../src/columns/index.js';
import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ImageInnotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, waitFor } from '../expect.js';
import { all, clear, click, messages, one, press, show } from '../innotater/support.js';

const fixture = '/tests/fixtures/columns';
const served = '/served/ranges/columns';
const value = (host: HTMLElement, name: string) => one<HTMLTextAreaElement>(host, 'textbox', name).value;

describe('columns of files in a view', () => {
  afterEach(clear);

  it('a Parquet file behind a URL: pictures, texts, and classes and boxes that are edited in memory', async () => {
    const file = await openParquet(`${served}/snappy.parquet`);
    const labels = await file.column<number>('label').read();
    const boxes = await file.column<number[][]>('boxes').read();
    const shown = await show(
      new ImageInnotation(file.column<Uint8Array>('image'), { name: 'image', desc: 'Photo' }),
      [
        new TextInnotation(file.column<string>('text'), { name: 'text', desc: 'Text' }),
        new MultiClassInnotation(labels, { name: 'label', desc: 'Label', classes: [...'abcdefg'] }),
        new RepeatInnotation([BoundingBoxInnotation, boxes, { name: 'box', desc: 'Box' }]),
      ],
    );
    const { view, host } = shown;
    equal(view.length, 240);
    view.index = 41;
    await view.ready;
    equal(value(host, 'Text'), 'sample 41: é');
    equal(messages(host, 'alert'), []);
    equal(one(host, 'listbox', 'Label').querySelector('[aria-selected="true"]')?.textContent, 'g');
    equal(
      all(host, 'textbox', 'Box').map((field) => (field as HTMLInputElement).value),
      ['41, 1, 2, 3', '41, 1, 2, 3'],
    );
    await click(one(host, 'option', 'b'), shown);
    equal(labels[41], 1);
    view.undo();
    equal(labels[41], 6);
  });

  it('a local file, with boxes in a layer that are read for each sample and kept where they are edited', async () => {
    const bytes = await (await fetch(`${fixture}/zstd.parquet`)).blob();
    const file = await openParquet(new File([bytes], 'zstd.parquet'));
    const layer = new BoxLayerInnotation(file.column<number[][]>('boxes'), { name: 'boxes', desc: 'Boxes' });
    const shown = await show(new ImageInnotation(file.column<Uint8Array>('image'), { name: 'image' }), layer);
    shown.view.index = 5;
    await shown.view.ready;
    await waitFor(() => layer.shownCount === 2, 'two boxes');
    equal(messages(shown.host, 'alert'), []);
  });

  it('a Zarr array as pictures', async () => {
    const images = await zarrColumn<{ data: Uint8Array; shape: number[] }>(`${served}/stack-v3.zarr`);
    const shown = await show(
      new ImageInnotation(images, { name: 'image', desc: 'Photo', colorspace: 'RGB' }),
      null,
    );
    one(shown.host, 'button', 'Next >').focus();
    for (let i = 0; i < 5; i++) await press('n', shown);
    equal([shown.view.index, messages(shown.host, 'alert')], [5, []]);
  });
});
