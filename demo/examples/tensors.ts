import {
  GroupedInnotation,
  ImageInnotation,
  type ImageInnotationOptions,
  Innotater,
  type TensorLike,
  TextInnotation,
  Transforms,
} from 'innotater';
import { layouts, mean, std } from '../samples/layouts.js';
import { photos } from '../samples/photos.js';

const files = photos('astronaut.jpg', 'flower.jpg', 'coffee.jpg', 'rocket.jpg');
const { bgr, rgb, grey, channelFirst, floats, normalised } = await layouts(files, 200);

/** One tensor of four pictures under its name; its shape tells where the channels are. */
const cell = (name: string, tensor: TensorLike, options: ImageInnotationOptions = {}) =>
  new GroupedInnotation(
    new TextInnotation(
      files.map(() => `(${tensor.shape})`),
      { desc: name, multiline: false, layout: { width: 200 } },
    ),
    new ImageInnotation(tensor, { desc: `Picture, ${name}`, width: 200, ...options }),
    { layout: { flexDirection: 'column' } },
  );

export const view = new Innotater(
  new GroupedInnotation(
    cell('uint8, BGR', bgr), // the default, as OpenCV has it
    cell('uint8, RGB', rgb, { colorspace: 'RGB' }),
    cell('uint8, grey', grey),
    cell('uint8, channel-first', channelFirst, { colorspace: 'RGB' }),
    cell('float32, 0 to 1', floats, { colorspace: 'RGB' }),
    cell('float32, normalised', normalised, {
      colorspace: 'RGB',
      transform: Transforms.denormalize({ mean, std }),
    }),
    { layout: { gap: 16 } },
  ),
  null,
  { label: 'Tensors' },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
