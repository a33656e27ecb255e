export {
  type AnnotationFormat,
  type ReadFiles,
  type ReadFilesOptions,
  type RecognisedFiles,
  readAnnotations,
  recogniseFiles,
  type SkippedFile,
  writeAnnotations,
} from './annotation-files.js';
export {
  type AnnotatedImage,
  type AnnotationSet,
  annotationSet,
  type Origin,
  type ReadAnnotations,
} from './annotation-set.js';
export * from './box-csv.js';
export { readCoco } from './coco-read.js';
export { writeCoco } from './coco-write.js';
export * from './columns.js';
export { readCsv, writeCsv } from './csv-table.js';
export { displayedSize } from './displayed-size.js';
export { matchImages } from './match-images.js';
export * from './npy.js';
export type { NpyHeader } from './npy-header.js';
export * from './npy-images.js';
export * from './npy-write.js';
export * from './npz.js';
export { type FolderFile, type FormatOptions, type FormatProblem, problemText } from './reading.js';
export { readVia, type ViaKind } from './via-read.js';
export { writeVia } from './via-write.js';
export { readVoc, type VocBase } from './voc-read.js';
export { writeVoc } from './voc-write.js';
export { type ImageSizeOf, readYolo, type YoloKind } from './yolo-read.js';
export { writeYolo } from './yolo-write.js';
export { zipBlob } from './zip-write.js';
