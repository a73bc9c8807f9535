import { plainLine, plainText } from '#core/connection/plain-text';

describe('plainLine', () => {
  test.each([
    [
      'keeps markup as the text that it is',
      '<b>Support</b> & [link|http://x]',
      '<b>Support</b> & [link|http://x]',
    ],
    ['makes one line', ' a\n\tb \r\n c ', 'a b c'],
    ['takes out what turns text around', 'Acme\u202Egpj.exe', 'Acme gpj.exe'],
    ['takes out what is not seen', 'A\u200bcme\u0000', 'A cme'],
    ['says something when nothing is left', '\u200b\n', 'otherwise'],
  ])('%s', (_what, text, expected) => {
    expect(plainLine(text, 255, 'otherwise')).toBe(expected);
  });

  test('cuts after the longest length', () => {
    expect(plainLine('x'.repeat(5_000), 255, '')).toHaveLength(255);
  });

  test('plainText keeps lines', () => {
    expect(plainText('one\r\ntwo\u202e\n', 100)).toBe('one\ntwo');
  });
});
