// Every page in both languages, wide and narrow, light and dark: whole, accessible, in one language.
import assert from 'node:assert/strict';

const FIXED = ['/', '/portfolio', '/portfolio?sort=-growth&tier=strategic_global', '/portfolio?as_of=2025-06-30',
  '/accounts', '/people', '/people/review', '/plans', '/criteria', '/events', '/search?q=ly', '/search?q=zzzz', '/settings', '/settings/system',
  '/help', '/methods', '/styleguide', '/imports', '/nowhere'];
const TABS = ['', '/group', '/people', '/score', '/plan', '/history'];

/** Gives the addresses of the same site on the present page that match. */
const links = (page, pattern) => page.evaluate(
  (source) => [...new Set([...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')))].filter((href) => new RegExp(source).test(href)),
  pattern.source,
);

/** Looks at each page; gives how many there were. */
const walk = async (visit, lang, names) => {
  await visit.speak(lang);
  const paths = [...FIXED];
  for (const [from, pattern, most] of [['/accounts', /^\/accounts\/acc_\w+$/, names.accounts], ['/people', /^\/people\/per_\w+$/, 3],
    ['/help', /^\/help\/\w+/, 99], ['/methods', /^\/methods\/\w+/, 99], ['/imports', /^\/imports\/imp_\w+$/, 2]]) {
    await visit.go(from);
    for (const href of (await links(visit.page, pattern)).slice(0, most)) {
      paths.push(...(href.startsWith('/accounts/') ? TABS.map((tab) => href + tab) : [href]));
    }
  }
  const faults = [];
  for (const path of paths) {
    const status = await visit.go(path);
    const wanted = path === '/nowhere' ? [404] : [200, ...names.refused ?? []];
    if (!wanted.includes(status)) faults.push(`${path}: ${status}`);
    for (const check of ['fits', 'isAccessible', 'isTranslated']) {
      await visit[check](lang).catch((error) => faults.push(`${path}: ${error.message.split('\n').slice(0, 6).join(' ')}`));
    }
  }
  assert.deepEqual(faults, []);
  return paths.length;
};

const looks = [
  ['solene.kermarrec', 'fr', { width: 1440, theme: 'light' }, { accounts: 3 }],
  ['solene.kermarrec', 'fr', { width: 390, height: 844, theme: 'dark' }, { accounts: 2 }],
  ['aminata.lefort', 'en', { width: 1440, theme: 'dark' }, { accounts: 3, refused: [403] }],
  ['aminata.lefort', 'en', { width: 390, height: 844, theme: 'light' }, { accounts: 2, refused: [403] }],
  ['karim.oumeddour', 'en', { width: 390, height: 844, theme: 'light' }, { accounts: 1, refused: [403] }],
  ['florian.bickelmann', 'en', { width: 390, height: 844, theme: 'light' }, { accounts: 1, refused: [403] }],
];

export const stories = Object.fromEntries(looks.map(([who, lang, look, names]) => [
  `every page for ${who} in ${lang}, ${look.width} px, ${look.theme}`,
  async (visit) => {
    await visit.signIn(who, look);
    const count = await walk(visit, lang, names);
    console.log(`${who}, ${lang}, ${look.width} px, ${look.theme}: ${count} pages, no axe violation`);
  },
]));
