export type { AnnotationStyles } from './annotation-styles.js';
export type { AsyncTextSource } from './async-texts.js';
export { BinaryClassInnotation, type BinaryClassOptions } from './binary-class-innotation.js';
export { BoundingBoxInnotation, type BoundingBoxOptions } from './bounding-box-innotation.js';
export { BoxLayerInnotation } from './box-layer-innotation.js';
export type { BoxLayerOptions } from './box-layer-options.js';
export type { LayerPicture, PicturePlace } from './box-layer-picture.js';
export { type ButtonFacts, ButtonInnotation, type ButtonOptions } from './button-innotation.js';
export * from './contract.js';
export { isBlankTarget, isEditTarget, putState, sameState, stateOf } from './edit-target.js';
export { GroupedInnotation, type GroupOptions } from './grouped-innotation.js';
export type { AsyncImageSource, ImageEntries } from './image-column.js';
export { ImageInnotation, type ImageInnotationOptions } from './image-innotation.js';
export { type ImageStats, Innotation, type InnotationOptions } from './innotation.js';
export {
  Keymap,
  type ShortcutName,
  type ShortcutOverrides,
  type ShortcutScope,
  shortcutNames,
  shortcutTable,
  shownKey,
} from './keymap.js';
export { MultiClassInnotation, type MultiClassOptions } from './multi-class-innotation.js';
export { checkOptionNames, namesOf, warnOnce } from './option-names.js';
export { OwnInnotation } from './own-innotation.js';
export { RepeatInnotation, type RepeatOptions } from './repeat-innotation.js';
export type { RepeatConfiguration, RepeatedClass } from './repeat-rows.js';
export { boxOutlines, layerPictures } from './small-pictures.js';
export { type TextData, TextInnotation, type TextOptions } from './text-innotation.js';
