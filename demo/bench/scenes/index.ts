import type { Scene } from '../model.js';
import { boxesOnLarge, dragScenes, labels800, panScenes } from './boxes.js';
import { close } from './close.js';
import { coco1m } from './coco.js';
import { list11k } from './list.js';
import { many } from './many.js';
import { npyScenes } from './npy.js';
import { jpeg20k, tall } from './opening.js';
import { own } from './own.js';
import { tensor96 } from './tensor.js';
import { keys12Mpx, walkScenes } from './walk.js';

/** Every scene, in the order in which they run. */
export const scenes: readonly Scene[] = [
  tensor96,
  ...npyScenes,
  jpeg20k,
  tall,
  keys12Mpx,
  ...walkScenes,
  ...panScenes,
  boxesOnLarge,
  labels800,
  ...dragScenes,
  list11k,
  many,
  coco1m,
  close,
  own,
];
