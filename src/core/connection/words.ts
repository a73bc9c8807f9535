/** Words: what two people read to each other to be sure that both sites hold the same two keys. */
import { hashText } from '../protocol/hash';
import { wordList } from './word-list';

const wordCount = 6;
const bitsPerWord = 11;

/**
 * Six words for a pair of keys and their connection, the same on both sites whoever computes them. 66 bits: a forger would
 * have to make about 2^66 keys, live, to meet the words of another pair. `keyIds` are SHA-256 key ids in hex.
 */
export function compareWords(link: string, oneKeyId: string, otherKeyId: string): string[] {
  const keys = [oneKeyId, otherKeyId].sort();
  const hash = hashText(['concord words', link, ...keys].join('\n'));
  const bits = BigInt(`0x${hash}`);
  const words: string[] = [];
  for (let index = 0; index < wordCount; index += 1) {
    const shift = BigInt(256 - bitsPerWord * (index + 1));
    const position = Number((bits >> shift) & BigInt(2 ** bitsPerWord - 1));
    words.push(wordList[position] ?? '');
  }
  return words;
}
