import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoxCsv, writeBoxCsv } from '../../../src/formats/index.js';

describe('box CSV', () => {
  it('writes file,x,y,w,h', () => {
    expect(writeBoxCsv([{ file: 'cat.jpg', box: [1, 2, 30, 40] }])).toBe('file,x,y,w,h\ncat.jpg,1,2,30,40\n');
  });

  it('writes the header alone for no records', () => {
    expect(writeBoxCsv([]).trim()).toBe('file,x,y,w,h');
    expect(readBoxCsv(writeBoxCsv([])).records).toEqual([]);
  });

  it('reads back whatever it writes, whatever the names (seed 31)', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).map((s) => `${s.trim()}x.jpg`);
    const whole = fc.integer({ min: 0, max: 1e6 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ file: name, box: fc.tuple(whole, whole, whole, whole) })),
        (records) => {
          const cleaned = records.map(({ file, box }) => ({ file: file.trim(), box }));
          expect(readBoxCsv(writeBoxCsv(cleaned))).toEqual({ records: cleaned, problems: [] });
        },
      ),
      { seed: 31 },
    );
  });

  it('takes columns in any order, others beside them, a byte order mark and semicolons', () => {
    const text = '\uFEFFh;w;note;y;x; File\n4;3;seen;2;1;a.png\n';
    expect(readBoxCsv(text).records).toEqual([{ file: 'a.png', box: [1, 2, 3, 4] }]);
  });

  it('skips a bad record, says which and why, and reads the rest', () => {
    const { records, problems } = readBoxCsv(
      'file,x,y,w,h\na,1,2,3,4\nb,1,two,3,4\n,1,2,3,4\nc,1,2,-3,4\nd,5,6,7,8\n',
    );
    expect(records.map(({ file }) => file)).toEqual(['a', 'd']);
    expect(problems).toEqual([
      { record: 2, message: 'y is "two", not a number' },
      { record: 3, message: 'file is empty' },
      { record: 4, message: 'w and h must not be negative' },
    ]);
  });

  it('names the columns that are missing', () => {
    expect(() => readBoxCsv('file,x,y\na,1,2\n', 'boxes.csv')).toThrow(/boxes\.csv lacks the columns w, h/);
  });
});
