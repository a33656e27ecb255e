import { InnotaterError } from '../errors/index.js';

/** What takes the place of the openers of images in tiles, whose decoders are too large for a module that is sent to every notebook. */
export const openFormat = async (format: string): Promise<never> => {
  throw new InnotaterError(
    'format',
    `In notebooks ${format} is not decoded here: read the image in Python and pass its array as bytes with dtype and shape`,
  );
};
