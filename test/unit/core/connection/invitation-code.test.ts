import fc from 'fast-check';
import { type Invitation, parseInvitation, printInvitation } from '#core/connection/invitation-code';

const invitation: Invitation = {
  v: 1,
  link: 'abcdefghijklmnop234567abcd',
  endpoint: 'https://11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app/public/token',
  inviterKeyHash: 'ab'.repeat(32),
  secret: 'cd'.repeat(16),
  expectedSite: 'https://globex.atlassian.net',
  from: { url: 'https://acme.atlassian.net', title: 'Acme Straße' },
  name: 'Support <b>↔</b> Entwicklung 🚀',
  expires: 1_800_000_000_000,
};

describe('invitation code', () => {
  test('comes back as it was printed', () => {
    expect(parseInvitation(printInvitation(invitation))).toEqual({ ok: true, invitation });
  });

  test('survives what mail programs do: wrapped lines, quotes, words around it', () => {
    const code = printInvitation(invitation);
    const wrapped = code.replace(/(.{60})/g, '$1\r\n  ');
    const mail = `Hello,\nplease paste this:\n\n${wrapped}\n\nTreat it like a password.`;
    expect(parseInvitation(mail)).toEqual({ ok: true, invitation });
    expect(parseInvitation(`"${code}"`)).toEqual({ ok: true, invitation });
  });

  test.each([
    ['nothing', '', 'notACode'],
    ['another text', 'https://globex.atlassian.net', 'notACode'],
    ['its beginning only', printInvitation(invitation).slice(0, 80), 'damaged'],
    ['its end missing', printInvitation(invitation).slice(0, -3), 'damaged'],
    ['a newer version', printInvitation(invitation).replace('isx1', 'isx2'), 'newer'],
  ])('%s: says what is wrong', (_what, pasted, why) => {
    expect(parseInvitation(pasted)).toMatchObject({ ok: false, why });
  });

  test('any one changed character is noticed', () => {
    const code = printInvitation(invitation);
    fc.assert(
      fc.property(fc.integer({ min: 5, max: code.length - 1 }), (at) => {
        const changed = code[at] === 'A' ? 'B' : 'A';
        const parsed = parseInvitation(code.slice(0, at) + changed + code.slice(at + 1));
        expect(parsed.ok).toBe(false);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('an endpoint that is no webtrigger is never accepted, whatever the checksum says', () => {
    const endpoints = [
      'https://evil.example/public/x',
      'http://11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app/public/token',
      'https://11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app:444/public/token',
      'https://11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app.evil.example/public/token',
      'https://11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app/public/../x',
    ];
    for (const endpoint of endpoints) {
      expect(parseInvitation(printInvitation({ ...invitation, endpoint }))).toMatchObject({ why: 'damaged' });
    }
  });
});
