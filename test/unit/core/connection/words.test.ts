import { wordList } from '#core/connection/word-list';
import { compareWords } from '#core/connection/words';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

describe('compareWords', () => {
  test('the list has 2,048 words, all different, told apart by four letters', () => {
    expect(wordList).toHaveLength(2_048);
    expect(new Set(wordList.map((word) => word.slice(0, 4))).size).toBe(2_048);
    expect(wordList.every((word) => /^[a-z]{3,8}$/.test(word))).toBe(true);
  });

  test('both sites see the same words; another key or connection gives others', () => {
    const words = compareWords('link-one', a, b);
    expect(words).toHaveLength(6);
    expect(compareWords('link-one', b, a)).toEqual(words);
    expect(compareWords('link-two', a, b)).not.toEqual(words);
    expect(compareWords('link-one', a, 'c'.repeat(64))).not.toEqual(words);
  });

  test('stays what it is: both sites may run different versions', () => {
    expect(compareWords('link-one', a, b).join(' ')).toMatchInlineSnapshot(
      `"smile insane price fog silent dune"`,
    );
  });
});
