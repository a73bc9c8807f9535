/** Partner URL: the one form in which a cloud site is named, and a plain message for every other. */

/** `url` is normalised: `https://name.atlassian.net`, lower case, no slash at the end. */
export type ParsedPartnerUrl = { ok: true; url: string } | { ok: false; message: string };

const form = 'https://name.atlassian.net';
const longest = 255;
// Scheme, then everything up to the first slash, question mark or hash, then the rest.
const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i;
const siteHost = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.atlassian\.net$/;

/** Reads what an admin typed. `ownUrl`: this site, which cannot be its own partner; undefined to allow it. */
export function parsePartnerUrl(typed: string, ownUrl: string | undefined): ParsedPartnerUrl {
  const text = typed.trim();
  if (text === '') return refuse(`Enter the address of your partner's site, as in ${form}.`);
  if (text.length > longest)
    return refuse(`This is too long for the address of a site. Write it as in ${form}.`);
  const odd = findOddCharacter(text);
  if (odd !== undefined) return refuse(odd);
  const match = parts.exec(text);
  if (match === null) return refuse(`Write the whole address, starting with https://, as in ${form}.`);
  const [, scheme = '', authority = '', rest = ''] = match;
  if (scheme.toLowerCase() !== 'https') {
    return refuse(`The address must start with https://, not ${scheme.toLowerCase()}://.`);
  }
  if (authority.includes('@')) return refuse('Leave out the user name and password before the @.');
  if (authority.includes(':')) return refuse('Leave out the port number: a cloud site has none.');
  if (rest !== '' && rest !== '/') {
    return refuse(`Leave out everything after the site's name: ${form}, without a path.`);
  }
  return checkHost(authority.toLowerCase(), ownUrl);
}

function checkHost(host: string, ownUrl: string | undefined): ParsedPartnerUrl {
  if (host.split('.').some((label) => label.startsWith('xn--'))) {
    return refuse(
      'This name is spelled with letters of another alphabet (xn--), which no Atlassian site is.',
    );
  }
  if (host === 'atlassian.net' || host === '.atlassian.net') {
    return refuse(`The name of the site is missing: write it as in ${form}.`);
  }
  if (!siteHost.test(host)) {
    return refuse(
      `${host === '' ? 'This' : host} is not a Jira Cloud site. Its address has the form ${form}.`,
    );
  }
  const url = `https://${host}`;
  if (url === ownUrl) return refuse('This is your own site. Enter the address of the partner.');
  return { ok: true, url };
}

/** Blanks and look-alike letters (a Cyrillic "a" in a known name) are named, because nobody can see them. */
function findOddCharacter(text: string): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0x20 || code === 0x5c || code === 0x7f) {
      return `The address must not contain blanks or backslashes. Write it as in ${form}.`;
    }
    if (code > 0x7f) {
      return `The address contains "${character}", which is not a plain Latin letter. It may only look like one: type the address by hand.`;
    }
  }
  return undefined;
}

function refuse(message: string): ParsedPartnerUrl {
  return { ok: false, message };
}
