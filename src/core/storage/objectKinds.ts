import { own } from '../domain/own.ts';

/** Endings of the names of files, by what people call such files. */
const kinds: { readonly [kind: string]: readonly string[] } = {
  dataset: 'csv tsv parquet arrow feather jsonl ndjson npz npy h5 hdf5 avro orc xls xlsx'.split(' '),
  model: 'joblib pkl pickle pt pth onnx safetensors keras h5 ckpt gguf pb tflite bst ubj cbm bin'.split(' '),
  image: 'png jpg jpeg gif svg webp bmp tif tiff'.split(' '),
  document: 'pdf md html htm docx txt'.split(' '),
  log: ['log', 'out', 'err'],
  notebook: ['ipynb'],
  archive: 'zip tar gz tgz bz2 xz zst 7z'.split(' '),
};

/** Other words for a kind. */
const alsoCalled: { readonly [word: string]: string } = {
  table: 'dataset',
  picture: 'image',
  photo: 'image',
  plot: 'image',
};

/** Whether a key is of a type: an ending ("csv", ".csv"), or a word for several ("dataset", "models", "images"). */
export function isOfType(key: string, type: string): boolean {
  const ending = endingOf(key);
  const wanted = type
    .trim()
    .toLowerCase()
    .replace(/^\*?\./, '');
  const endings = [wanted, wanted.replace(/s$/, '')].flatMap(
    (word) => own(kinds, own(alsoCalled, word) ?? word) ?? [],
  );
  return endings.length > 0 ? endings.includes(ending) : ending === wanted || jpeg(ending) === jpeg(wanted);
}

const jpeg = (ending: string) => (ending === 'jpg' ? 'jpeg' : ending);

/** What stands after the last dot of a key's last part, in small letters; "" for none. */
export function endingOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return /[^.]\.([a-z0-9]{1,12})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
