export type {
  AsyncRowsSource,
  BoxLayerData,
  BoxLayerNumbers,
  BoxNumbersData,
  BoxRowsData,
} from '../boxes/index.js';
export { type ComputeConfiguration, configure } from '../compute/index.js';
export type { BoxData, BoxValue, Indexes, Rows, TensorData } from '../dataset/index.js';
export { type ErrorCode, type ErrorFacts, InnotaterError } from '../errors/index.js';
export {
  type ChannelAxis,
  type ImageEntry,
  type ImageTransform,
  type SourceTile,
  type TensorLike,
  type TileSource,
  Transforms,
} from '../images/index.js';
export {
  type AnnotationStyles,
  type AsyncImageSource,
  type AsyncTextSource,
  BinaryClassInnotation,
  type BinaryClassOptions,
  BoundingBoxInnotation,
  type BoundingBoxOptions,
  type BoxHost,
  BoxLayerInnotation,
  type BoxLayerOptions,
  type ButtonFacts,
  ButtonInnotation,
  type ButtonOptions,
  type EditTarget,
  GroupedInnotation,
  type GroupOptions,
  type ImageBox,
  type ImageEntries,
  ImageInnotation,
  type ImageInnotationOptions,
  type ImageLayer,
  type ImagePlace,
  type InnotationOptions,
  MultiClassInnotation,
  type MultiClassOptions,
  type NeedsSource,
  OwnInnotation as Innotation,
  type RepeatConfiguration,
  type RepeatedClass,
  RepeatInnotation,
  type RepeatOptions,
  type ShortcutName,
  type ShortcutOverrides,
  type Stage,
  type TextData,
  TextInnotation,
  type TextOptions,
  type ValueEdit,
} from '../innotations/index.js';
export type { BoxFilter } from '../kernels/index.js';
export type { PyramidChannel, PyramidLevel } from '../pyramids/index.js';
export type { LayoutStyle, PartialTheme, Theme, Ui } from '../ui/index.js';
export type { ChangeDetail, InnotaterEvents, RestoreDetail, SaveState } from './events.js';
export { Innotater } from './innotater.js';
export type { InnotaterOptions, SaveHook } from './options.js';
export type { InnotationList } from './registration.js';
export type { NamedValue, ValueRow } from './set-values.js';
export type { InnotaterStats } from './stats.js';
