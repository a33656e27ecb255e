import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ImageInnotation,
  Innotater,
  type InnotaterOptions,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from 'innotater';
import {
  type AnnotationSet,
  type FolderFile,
  fromRepeatColumns,
  toLayerSources,
  toRepeatColumns,
} from 'innotater/formats';

/** A view of a set, and the set with what was edited in it. */
export type AnnotatedView = {
  readonly view: Innotater;
  readonly classes: readonly string[];
  /** One more at the end; nothing of what was edited is touched. */
  addClass(name: string): void;
  current(): AnnotationSet;
};

/** More boxes than these, on an image or on all, are shown as a layer. */
const mostRows = 24;
const mostOfAll = 50_000;
/** Rows that a sample can be given by hand. */
const mostAdded = 100;

/** Lists of one length with blank boxes among them are as long as they are meant to be; others grow as boxes are added. */
const canGrow = (boxes: readonly (readonly (readonly number[])[])[]): boolean => {
  const isEven = boxes.every(({ length }) => length === boxes[0]!.length);
  return !isEven || !boxes.flat().some((box) => box.every((value) => value === 0));
};

const isLayer = ({ images, offsets }: AnnotationSet): boolean =>
  offsets.at(-1)! > mostOfAll || images.some((_, i) => offsets[i + 1]! - offsets[i]! > mostRows);

const asLayer = (set: AnnotationSet, classes: readonly string[]) => {
  const { boxes, classIds } = toLayerSources(set);
  const layer = new BoxLayerInnotation(boxes, { name: 'box', desc: 'Box', classData: classIds, classes });
  return { innotation: layer, current: () => ({ ...set, classes: [...classes] }) };
};

const asRows = (set: AnnotationSet, classes: readonly string[]) => {
  const columns = toRepeatColumns(set);
  const innotation = new RepeatInnotation(
    [BoundingBoxInnotation, columns.boxes, { name: 'box', desc: 'Box', layout: { width: 180 } }],
    [MultiClassInnotation, columns.classIds, { name: 'class', desc: 'Class', classes, dropdown: true }],
    {
      name: 'boxes',
      desc: 'Box',
      minRepeats: 1,
      ...(canGrow(columns.boxes) ? { maxRepeats: mostAdded } : {}),
    },
  );
  const current = () => fromRepeatColumns({ ...set, classes: [...classes] }, columns);
  return { innotation, current };
};

/** A view of the set's images, those without a file as an error that names them. */
export const annotatedView = (
  set: AnnotationSet,
  files: readonly (FolderFile | null)[],
  size: { readonly width: number; readonly height: number },
  options: InnotaterOptions,
): AnnotatedView => {
  const images = {
    length: set.images.length,
    get: async (uindex: number) => {
      const file = files[uindex];
      if (file) return file.blob;
      throw new Error(`${set.images[uindex]!.file} is not among the files; open them with its folder`);
    },
  };
  const names = { length: set.images.length, get: async (uindex: number) => set.images[uindex]!.file };
  // The Innotations show the list itself, so that it can grow.
  const classes = [...set.classes];
  const { innotation, current } = isLayer(set) ? asLayer(set, classes) : asRows(set, classes);
  const view = new Innotater(
    new ImageInnotation(images, { name: 'image', desc: 'Picture', ...size }),
    [new TextInnotation(names, { name: 'file', desc: 'File', multiline: false, disabled: true }), innotation],
    { label: 'Annotations', ...options },
  );
  const addClass = (name: string) => {
    classes.push(name);
    view.refresh();
  };
  return { view, classes, addClass, current };
};
