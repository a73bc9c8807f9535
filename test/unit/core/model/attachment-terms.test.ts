/** Which files an agreement shares. */
import { type AttachmentTerms, attachmentTermsSchema, isShared } from '#core/model/attachment-terms';

const all: AttachmentTerms = { direction: 'both', deletions: 'ignore' };
const file = { name: 'Report.Final.PDF', size: 1_000, mime: 'application/pdf' };

test.each<[string, Partial<AttachmentTerms>, boolean]>([
  ['no condition', {}, true],
  ['exactly the largest size', { largest: 1_000 }, true],
  ['one byte more', { largest: 999 }, false],
  ['a name by its ending, whatever its case', { names: ['*.pdf'] }, true],
  ['one of several names', { names: ['*.doc', 'report*'] }, true],
  ['a name by parts in their order', { names: ['re*final*pdf'] }, true],
  ['parts in another order', { names: ['re*pdf*final*'] }, false],
  ['a name that must be whole', { names: ['report'] }, false],
  ['parts that would overlap', { names: ['report.final*final.pdf'] }, false],
  ['a pattern that looks like an expression', { names: ['.*'] }, false],
  ['a media type by its kind', { types: ['application/*'] }, true],
  ['another kind', { types: ['image/*'] }, false],
  ['all conditions at once', { largest: 2_000, names: ['*.pdf'], types: ['*/pdf'] }, true],
  ['all but one', { largest: 2_000, names: ['*.pdf'], types: ['image/*'] }, false],
])('%s', (_what, terms, expected) => {
  expect(isShared({ ...all, ...terms }, file)).toBe(expected);
});

test('a pattern of many stars costs no more than its length', () => {
  const names = [`${'*a'.repeat(49)}b`];
  expect(isShared({ ...all, names }, { ...file, name: 'a'.repeat(255) })).toBe(false);
});

test.each([
  ['no patterns at all', { ...all, names: [] }],
  ['an endless pattern', { ...all, names: ['x'.repeat(101)] }],
  ['a size below one', { ...all, largest: 0 }],
])('terms with %s are refused', (_what, terms) => {
  expect(attachmentTermsSchema.safeParse(terms).success).toBe(false);
});
