import { parsePartnerUrl } from '#core/connection/partner-url';

const own = 'https://acme.atlassian.net';

describe('parsePartnerUrl', () => {
  test.each([
    ['https://globex.atlassian.net'],
    ['  https://globex.atlassian.net/  '],
    ['HTTPS://Globex.Atlassian.NET'],
  ])('takes %p', (typed) => {
    expect(parsePartnerUrl(typed, own)).toEqual({ ok: true, url: 'https://globex.atlassian.net' });
  });

  test.each([
    ['nothing', '', /Enter the address/],
    ['only blanks', '   ', /Enter the address/],
    ['a name without scheme', 'globex.atlassian.net', /starting with https/],
    ['another scheme', 'http://globex.atlassian.net', /not http/],
    ['a scheme that runs code', 'javascript://globex.atlassian.net', /not javascript/],
    ['a path', 'https://globex.atlassian.net/jira/projects', /without a path/],
    ['a query', 'https://globex.atlassian.net?x=1', /without a path/],
    ['a fragment', 'https://globex.atlassian.net#x', /without a path/],
    ['a port', 'https://globex.atlassian.net:8443', /port/],
    ['credentials', 'https://admin:pw@globex.atlassian.net', /user name and password/],
    ['a host hidden behind credentials', 'https://globex.atlassian.net@evil.example', /user name/],
    ['another host', 'https://jira.example.com', /not a Jira Cloud site/],
    ['a look-alike domain', 'https://globex.atlassian.net.evil.example', /not a Jira Cloud site/],
    ['two names', 'https://a.b.atlassian.net', /not a Jira Cloud site/],
    ['no name', 'https://atlassian.net', /name of the site is missing/],
    ['a name that ends with a hyphen', 'https://globex-.atlassian.net', /not a Jira Cloud site/],
    ['an address without a host', 'https:///path', /without a path/],
    ['punycode', 'https://xn--globx-cva.atlassian.net', /another alphabet/],
    ['a Cyrillic e', 'https://glob\u0435x.atlassian.net', /not a plain Latin letter/],
    ['a full-width dot', 'https://globex\uff0eatlassian.net', /not a plain Latin letter/],
    ['a blank inside', 'https://glo bex.atlassian.net', /blanks/],
    ['a backslash', 'https:\\\\globex.atlassian.net', /backslashes/],
    ['5,000 characters', `https://${'a'.repeat(5_000)}.atlassian.net`, /too long/],
    ['markup', '<script>alert(1)</script>', /whole address/],
    ['its own site', 'https://acme.atlassian.net', /your own site/],
    ['its own site in capitals', 'https://ACME.atlassian.net/', /your own site/],
  ])('refuses %s with words', (_what, typed, message) => {
    const parsed = parsePartnerUrl(typed, own);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.message).toMatch(message);
  });
});
