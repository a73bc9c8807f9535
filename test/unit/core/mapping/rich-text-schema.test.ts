/** Any tree of the format's nodes, also such as no editor makes: what leaves is valid, stable, and loses no word. */
import fc from 'fast-check';
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { AdfNode } from '#core/merge/normalise-adf';
import { adfErrors } from '../../../support/adf-validity';
import { anyDocument, markTypes, nodeTypes } from '../../../support/any-document';

const seed = 20261121;

test('the schema names the nodes that are played here', () => {
  expect(nodeTypes.length).toBeGreaterThan(35);
  expect(markTypes).toContain('strong');
});

test('what is sent is valid, and sending it on changes nothing', () => {
  fc.assert(
    fc.property(anyDocument, (raw) => {
      const portable = toPortable(raw);
      expect(toPortable(portable)).toEqual(portable);
      const written = toLocalDocument(portable, null);
      expect(written.ok).toBe(true);
      if (written.ok && written.raw !== null) expect(adfErrors(written.raw)).toEqual([]);
    }),
    { seed, numRuns: 700 },
  );
});

/** Nodes that show a name of their own instead of what stands in them. */
const speaking = new Set([
  'mention',
  'emoji',
  'status',
  'media',
  'mediaInline',
  'inlineCard',
  'blockCard',
  'embedCard',
  'extension',
  'inlineExtension',
  'date',
  'hardBreak',
  'rule',
  'placeholder',
]);

function wordsOf(nodes: readonly AdfNode[]): string[] {
  return nodes
    .flatMap((one) => {
      if (speaking.has(one.type)) return [];
      return one.type === 'text'
        ? [...(one.text ?? '').matchAll(/alpha|beta|gamma|delta/g)].map(String)
        : wordsOf(one.content ?? []);
    })
    .sort();
}

test('no word of a text is lost, wherever it stands', () => {
  fc.assert(
    fc.property(anyDocument, (raw) => {
      const sent = toPortable(raw);
      const left = wordsOf((sent?.content ?? []) as AdfNode[]);
      const lost = wordsOf(raw.content as AdfNode[]).filter((one) => {
        const at = left.indexOf(one);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      expect(lost).toEqual([]);
    }),
    { seed, numRuns: 700 },
  );
});
