import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelProgram, type SourceChannels } from '../../../src/images/pixel-program.js';
import { type PixelTransform, Transforms, transformChain } from '../../../src/images/transforms.js';

const seed = 77012;
const source = (channels: number, order: 'RGB' | 'BGR' = 'RGB', white: 1 | 255 = 255): SourceChannels => ({
  channels,
  order,
  white,
});

const numbers = fc.double({ min: -4, max: 4, noNaN: true });
const positive = fc.double({ min: 0.25, max: 4, noNaN: true });
const three = <T>(of: fc.Arbitrary<T>) => fc.oneof(of, fc.array(of, { minLength: 3, maxLength: 3 }));

const steps: fc.Arbitrary<PixelTransform> = fc.oneof(
  fc.record({ mean: three(numbers), std: three(positive), scale: positive }).map(Transforms.denormalize),
  fc.record({ mean: three(numbers), std: three(positive) }).map(Transforms.normalize),
  fc.tuple(three(positive), three(numbers)).map(([factor, offset]) => Transforms.scale(factor, offset)),
  fc.tuple(numbers, positive).map(([lo, width]) => Transforms.range(lo, lo + width)),
  fc.constantFrom('RGB', 'BGR', 'GRB').map(Transforms.channels),
);

const at = (value: number | readonly number[], i: number): number =>
  typeof value === 'number' ? value : value.length === 1 ? value[0]! : value[i]!;

/** The documented formulas, one value at a time. */
const applied = (pixel: readonly number[], step: PixelTransform): number[] => {
  switch (step.kind) {
    case 'denormalize':
      return pixel.map((v, i) => (v * at(step.std, i) + at(step.mean, i)) * at(step.scale, i));
    case 'normalize':
      return pixel.map((v, i) => (v - at(step.mean, i)) / at(step.std, i));
    case 'scale':
      return pixel.map((v, i) => v * at(step.factor, i) + at(step.offset, i));
    case 'range':
      return pixel.map((v, i) => ((v - at(step.lo, i)) / (at(step.hi, i) - at(step.lo, i))) * 255);
    case 'channels':
      return [...'RGB'].map((letter) => pixel[String(step.order).indexOf(letter)]!);
  }
};

const programmed = (
  pixel: readonly number[],
  chain: readonly PixelTransform[],
  of: SourceChannels,
): number[] => {
  const { picks, affine } = pixelProgram(chain, of);
  return picks.map((pick, i) => {
    const role = picks.length === 2 && i === 1 ? 3 : i;
    return affine ? pixel[pick]! * affine.scale[role]! + affine.offset[role]! : pixel[pick]!;
  });
};

describe('Transforms', () => {
  it(`a chain is one affine that does what its steps do one by one (seed ${seed})`, () => {
    const pixels = fc.array(numbers, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 4 }), pixels, (chain, pixel) => {
        const expected = chain.reduce(applied, pixel);
        programmed(pixel, chain, source(3)).forEach((value, i) => {
          const size = Math.max(1, Math.abs(expected[i]!));
          expect(Math.abs(value - expected[i]!) / size).toBeLessThan(1e-6);
        });
      }),
      { seed, numRuns: 400 },
    );
  });

  it('denormalize undoes what a training pipeline did', () => {
    const [mean, std] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const rgb = [200, 17, 90];
    const normalised = rgb.map((v, i) => (v / 255 - mean![i]!) / std![i]!);
    const chain = [Transforms.denormalize({ mean: mean!, std: std! })];
    programmed(normalised, chain, source(3, 'RGB', 1)).forEach((v, i) => {
      expect(v).toBeCloseTo(rgb[i]!, 9);
    });
  });

  it('I5: without steps floats are scaled by 255 and integers are not', () => {
    expect(pixelProgram([], source(3)).affine).toBeNull();
    expect(pixelProgram([], source(3, 'RGB', 1)).affine?.scale).toEqual([255, 255, 255, 1]);
    expect(pixelProgram([], source(4, 'RGB', 1)).affine?.scale).toEqual([255, 255, 255, 255]);
    expect(pixelProgram([Transforms.channels('BGR')], source(3, 'RGB', 1)).affine?.scale[0]).toBe(255);
  });

  it('I6: BGR takes the channels the other way round, and Transforms.channels wins over it', () => {
    expect(pixelProgram([], source(3, 'BGR')).picks).toEqual([2, 1, 0]);
    expect(pixelProgram([Transforms.channels('RGB')], source(3, 'BGR')).picks).toEqual([0, 1, 2]);
    expect(pixelProgram([Transforms.channels('GBR')], source(3)).picks).toEqual([2, 0, 1]);
  });

  it('I7: grey stays grey and alpha stays last', () => {
    expect(pixelProgram([], source(1, 'BGR')).picks).toEqual([0]);
    expect(pixelProgram([], source(2, 'BGR')).picks).toEqual([0, 1]);
    expect(pixelProgram([], source(4, 'BGR')).picks).toEqual([2, 1, 0, 3]);
    expect(pixelProgram([Transforms.channels('ARGB')], source(4)).picks).toEqual([1, 2, 3, 0]);
    expect(pixelProgram([Transforms.channels('BGR')], source(1)).picks).toEqual([0]);
  });

  it('numbers a channel are in the order of the channels at that step', () => {
    const scale = Transforms.scale([1, 2, 3]);
    expect(pixelProgram([scale], source(3, 'BGR')).affine?.scale).toEqual([3, 2, 1, 1]);
    expect(pixelProgram([Transforms.channels('BGR'), scale], source(3)).affine?.scale).toEqual([1, 2, 3, 1]);
  });

  it('one number, or one a colour, leaves alpha alone; one a channel does not', () => {
    const scaled = (factor: number | number[], white: 1 | 255 = 255) =>
      pixelProgram([Transforms.scale(factor)], source(4, 'RGB', white)).affine?.scale;
    expect(scaled(2)).toEqual([2, 2, 2, 1]);
    expect(scaled([2, 3, 4], 1)).toEqual([2, 3, 4, 255]);
    expect(scaled([2, 3, 4, 5])).toEqual([2, 3, 4, 5]);
    const greyAlpha = pixelProgram([Transforms.range(0, 51)], source(2));
    expect(greyAlpha.affine).toEqual({ scale: [5, 5, 5, 1], offset: [0, 0, 0, 0] });
  });

  it('picks channels by number out of many', () => {
    const program = pixelProgram([Transforms.channels([6, 0, 3])], source(7));
    expect(program.picks).toEqual([6, 0, 3]);
    expect(pixelProgram([Transforms.channels([5])], source(7)).picks).toEqual([5]);
  });

  it('R10: refuses more than 4 channels, and numbers that do not fit', () => {
    expect(() => pixelProgram([], source(7))).toThrow(/7 channels has more than 4 channels/);
    expect(() => pixelProgram([Transforms.channels([9])], source(7))).toThrow(
      /channel 9 of an image that has 7/,
    );
    expect(() => pixelProgram([Transforms.scale([1, 2, 3])], source(1))).toThrow(/3 numbers .* 1 channels/);
    expect(() => pixelProgram([Transforms.channels('ARGB')], source(3))).toThrow(/names 4 channels .* has 3/);
  });

  it('refuses what cannot be meant, by name', () => {
    expect(() => Transforms.scale(Number.NaN)).toThrow(/Transforms.scale: factor must be a finite number/);
    expect(() => Transforms.range(3, 3)).toThrow(/lo and hi must differ/);
    expect(() => Transforms.range([0, 1], [2, 1])).toThrow(/lo and hi must differ/);
    expect(() => Transforms.normalize({ mean: 0, std: [1, 0, 1] })).toThrow(/std must be .* other than 0/);
    expect(() => Transforms.denormalize({ mean: [], std: 1 })).toThrow(/mean must be/);
    expect(() => Transforms.denormalize({ mean: '1' as unknown as number, std: 1 })).toThrow(/mean must be/);
    for (const order of ['RBG?', 'RRG', 'RG', 'RGBAA', '', 'rgb']) {
      expect(() => Transforms.channels(order), order).toThrow(/Transforms.channels/);
    }
    expect(() => Transforms.channels([0, 1, 2, 3, 4])).toThrow(/one to four/);
  });

  it('takes numbers from typed arrays', () => {
    const mean = Float32Array.of(1, 2, 3) as unknown as number[];
    expect(Transforms.normalize({ mean, std: 1 })).toEqual({ kind: 'normalize', mean: [1, 2, 3], std: 1 });
  });

  it('I3: functions on the entry come first, steps on pixels behind them', () => {
    const entry = (image: unknown) => image as Blob;
    const step = Transforms.scale(2);
    expect(transformChain([entry, step])).toEqual({ entry: [entry], pixels: [step], resize: null });
    expect(transformChain(undefined)).toEqual({ entry: [], pixels: [], resize: null });
    expect(() => transformChain([step, entry])).toThrow(/come before/);
    expect(() => transformChain({} as PixelTransform)).toThrow(/must be a function, a value of Transforms/);
  });
});
