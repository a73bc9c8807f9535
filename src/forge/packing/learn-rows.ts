/** What the row model learns, once in the life of an instance: from the words that rows have in common and from whole rows. */
import { withBytes } from '#seal/pack-text';
import { type Learned, nothingLearned, RowModel } from './row-model';
import { rowSamples } from './row-samples';
import { rowWords } from './row-words';

/** Raw in the model, so that a digit of a hash costs half a byte. */
const hexRuns = /(?:[0-9a-f]{2}){8,64}/g;

let learned: Learned | undefined;

/** Always the same; takes a tenth of a second when it is asked for first. */
export function learnRows(): Learned {
  learned ??= learn([rowWords, ...rowSamples()].map(modelledBytes));
  return learned;
}

/** JSON text as the model sees it; `withHex` is the way back. */
export function modelledBytes(text: string): Buffer {
  return withBytes(text, hexRuns);
}

function learn(texts: readonly Uint8Array[]): Learned {
  const all = nothingLearned(Buffer.concat(texts));
  for (const text of texts) {
    learnText(all, text);
    all.length += text.length;
  }
  return all;
}

function learnText(all: Learned, text: Uint8Array): void {
  const model = new RowModel(all, text.length, 'learn');
  for (const [index, byte] of text.entries()) {
    for (let shift = 7; shift >= 0; shift -= 1) {
      model.chance();
      model.take((byte >> shift) & 1);
    }
    if (model.mayEnd) model.takeEnd(index === text.length - 1 ? 1 : 0);
  }
}
